import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readKeyFile } from '../db/keyFile.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { createWriter } from '../db/write.ts'
import { appendMessage, getConversation } from '../host/conversations/index.ts'
import { readThread } from '../host/inbox/index.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { type Figure, quantile } from './figure.ts'
import { fillMessages } from './fill.ts'

const clients = 200
const coldStarts = 5

/** Commits, thread reads, cold start and idle memory at `messages` messages, encrypted beside an unencrypted twin. */
export const store = async ({ messages }: { messages: number }): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    // A real workspace first: its key file and envelope are what the cold start opens.
    const made = await startConsole(folder, ['--demo'])
    await made.stop()
    const encrypted = measure(join(folder, 'opencoach.db'), readKeyFile(folder), messages)
    const plain = measure(join(folder, 'plain.db'), null, messages)
    rmSync(join(folder, 'plain.db'), { force: true })
    const host = await measureHost(folder)
    return [
      {
        metric: 'commits_per_second_encrypted',
        value: encrypted.commits,
        unit: '1/s',
        baseline: plain.commits,
        ratio: encrypted.commits / plain.commits,
      },
      { metric: 'commits_per_second_plain', value: plain.commits, unit: '1/s' },
      {
        metric: 'thread_read_p95_ms_encrypted',
        value: encrypted.threadRead,
        unit: 'ms',
        baseline: plain.threadRead,
        ratio: encrypted.threadRead / plain.threadRead,
      },
      { metric: 'thread_read_p95_ms_plain', value: plain.threadRead, unit: 'ms' },
      { metric: 'cold_start_ms', value: host.coldStart, unit: 'ms', budget: 1_500, ok: host.coldStart <= 1_500 },
      { metric: 'host_rss_mb', value: host.rss, unit: 'MB', budget: 250, ok: host.rss <= 250 },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const measure = (file: string, key: Uint8Array | null, messages: number) => {
  const opened = openDatabase({ file, key: key ?? new Uint8Array(32), cipher: key ? 'aegis' : 'none' })
  migrate(opened.sqlite)
  process.stderr.write(`Filling ${messages} messages (${key ? 'encrypted' : 'plain'})…\n`)
  const conversationIds = fillMessages(opened.sqlite, { messages, clients })
  const random = seededRandom(7)
  const pick = (): string => conversationIds[Math.floor(random() * conversationIds.length)] ?? ''
  const write = createWriter(opened.sqlite, opened.queries, () => undefined)

  const commitCount = 2_000
  const began = performance.now()
  for (let index = 0; index < commitCount; index += 1) {
    write((tx) => {
      const message = {
        senderType: 'client',
        senderId: 'bench',
        content: 'I tried the walk and it helped.',
        deliveryStatus: 'received',
        sentAt: index,
      } as const
      appendMessage(tx, getConversation(tx.queries, pick()), message, Date.now())
    })
  }
  const commits = commitCount / ((performance.now() - began) / 1000)

  const times = Array.from({ length: 1_000 }, () => {
    const start = performance.now()
    readThread(opened.queries, { conversationId: pick(), limit: 60 }, 'Coach')
    return performance.now() - start
  })
  opened.close()
  return { commits, threadRead: quantile(times, 0.95) }
}

const measureHost = async (folder: string): Promise<{ coldStart: number; rss: number }> => {
  const times: number[] = []
  let rss = 0
  for (let run = 0; run < coldStarts; run += 1) {
    const began = performance.now()
    const running = await startConsole(folder)
    const { client, close } = await connectConsole(running.url)
    await client.inbox.list({ filter: 'all', limit: 30 })
    times.push(performance.now() - began)
    if (run === coldStarts - 1) {
      await pause(5_000)
      rss = residentMb(running.pid)
    }
    close()
    await running.stop()
  }
  return { coldStart: quantile(times, 0.5), rss }
}

const residentMb = (pid: number): number => {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith('VmRSS'))
  return Number(line?.replace(/\D+/g, '') ?? 0) / 1024
}
