import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { startModelServer } from '../../fakes/modelServer.ts'
import { seededRandom } from '../random.ts'
import { type ToHost, toSoak } from './wire.ts'

const clientsWriting = 6
const settleMs = 20_000

/** Kills the host `kills` times while messages flow both ways, then holds its data against what the far end saw. */
export const crash = async (kills: number, seed: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-crash-'))
  const random = seededRandom(seed)
  const model = await startModelServer()
  const far = { next: 1, stored: new Set<number>(), open: new Map<number, ToHost>(), sends: new Map<string, number>() }

  const startHost = (): ChildProcess => {
    const child = fork(join(import.meta.dirname, 'crashHost.ts'), [folder], {
      env: { ...process.env, OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.on('message', (raw) => {
      const message = toSoak.parse(raw)
      if (message.kind === 'ready') for (const offer of far.open.values()) tell(child, offer)
      else if (message.kind === 'stored') {
        far.stored.add(message.updateId)
        far.open.delete(message.updateId)
      } else {
        far.sends.set(message.outboxId, (far.sends.get(message.outboxId) ?? 0) + 1)
        setTimeout(
          () => tell(child, { kind: 'sent', outboxId: message.outboxId, externalId: message.outboxId }),
          random() * 40,
        )
      }
    })
    return child
  }

  const tell = (child: ChildProcess, message: ToHost): void => {
    if (child.connected) child.send(message, () => undefined)
  }

  const write = (child: ChildProcess): void => {
    const updateId = far.next++
    const offer: ToHost = {
      kind: 'offer',
      updateId,
      chatId: `client ${updateId % clientsWriting}`,
      text: `message ${updateId}`,
    }
    far.open.set(updateId, offer)
    tell(child, offer)
  }

  const acts = ['takeOver', 'handBack', 'handBack', 'handBack', 'send', 'send', 'sendDraft'] as const
  const traffic = (child: ChildProcess): NodeJS.Timeout =>
    setInterval(() => {
      write(child)
      const act = acts[Math.floor(random() * acts.length)]
      if (act && random() < 0.4) tell(child, { kind: 'act', act, pick: Math.floor(random() * clientsWriting) })
    }, 15)

  for (let kill = 0; kill < kills; kill += 1) {
    const child = startHost()
    const flowing = traffic(child)
    // Some during start-up, most in full flow.
    if (random() < 0.25) await pause(random() * 1_500)
    else {
      await ready(child)
      await pause(50 + random() * 1_500)
    }
    clearInterval(flowing)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    if ((kill + 1) % 20 === 0)
      process.stdout.write(`crash: ${kill + 1} kills, ${far.stored.size} stored, ${far.sends.size} sent\n`)
  }

  const last = startHost()
  const deadline = Date.now() + settleMs
  while (far.open.size > 0 && Date.now() < deadline) await pause(100)
  await pause(1_500)
  last.kill('SIGKILL')
  await new Promise((resolve) => last.once('exit', resolve))
  await model.close()

  const verdict = inspect(folder, far)
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`crash: ${kills} kills, seed ${seed}: ${JSON.stringify(verdict)}\n`)
  const isClean =
    verdict.lost === 0 &&
    verdict.repeated === 0 &&
    verdict.sentTwice === 0 &&
    verdict.integrity === 'ok' &&
    verdict.notAccepted === 0
  if (!isClean) throw new Error('The crash soak found a fault; see the line above.')
  if (far.stored.size < kills || far.sends.size < kills / 2)
    throw new Error('Too little traffic flowed for this run to mean anything.')
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (raw) => {
      if (toSoak.parse(raw).kind === 'ready') resolve()
    })
    child.once('exit', (code) => reject(new Error(`The host ended by itself with ${code}.`)))
  })

const inspect = (
  folder: string,
  far: { stored: Set<number>; open: Map<number, ToHost>; sends: Map<string, number> },
) => {
  const { sqlite, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: keyOf(folder) })
  const counts = new Map(
    sqlite
      .prepare<[], { id: string; n: number }>(
        "SELECT external_id AS id, count(*) AS n FROM messages WHERE sender_type = 'client' GROUP BY external_id",
      )
      .all()
      .map((row) => [Number(row.id), row.n]),
  )
  const verdict = {
    stored: far.stored.size,
    sent: far.sends.size,
    lost: [...far.stored].filter((id) => !counts.has(id)).length,
    repeated: [...counts.values()].filter((n) => n > 1).length,
    sentTwice: [...far.sends.values()].filter((n) => n > 1).length,
    notAccepted: far.open.size,
    unknown:
      sqlite.prepare<[], { n: number }>("SELECT count(*) AS n FROM outbox WHERE state = 'unknown'").get()?.n ?? 0,
    integrity: String(sqlite.pragma('integrity_check', { simple: true })),
  }
  close()
  return verdict
}

const keyOf = (folder: string): Uint8Array => {
  const key = readKeyFile(folder)
  if (!key) throw new Error('The workspace has no key file: the host never got as far as making one.')
  return key
}
