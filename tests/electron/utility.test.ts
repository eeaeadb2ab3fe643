import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { createKeychain } from '../../electron/keychain.ts'
import type { contract } from '../../shared/contract/index.ts'
import { type FromHost, fromHost, type ToHost } from '../../shared/shellProtocol.ts'
import { removeFolder, until } from './shell.ts'

// The built host as the shell runs it: told what to do over its parent port, asked over a MessagePort.
const built = join(import.meta.dirname, '../../dist/host/utility.js')
const running: { worker: Worker; dataFolder: string }[] = []

afterEach(async () => {
  for (const { worker, dataFolder } of running.splice(0)) {
    await worker.terminate()
    removeFolder(dataFolder)
  }
})

const keychain = createKeychain(
  {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(text).reverse()),
    decryptStringAsync: (wrapped) =>
      Promise.resolve({ result: Buffer.from(wrapped).reverse().toString(), shouldReEncrypt: false }),
  },
  'linux',
)

const start = async (dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-data-'))) => {
  if (!existsSync(built)) throw new Error('The host is not built. Run `npm run build` first.')
  const worker = new Worker(new URL('./standIn/utilityThread.ts', import.meta.url), {
    workerData: { modulePath: built },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stderr: true,
  })
  running.push({ worker, dataFolder })
  const said: FromHost[] = []
  const exited = new Promise<number>((resolve) => worker.once('exit', resolve))
  const tell = (message: ToHost) => worker.postMessage({ message, ports: [] })
  worker.on('message', (raw: unknown) => {
    const message = fromHost.parse(raw)
    said.push(message)
    if (message.type === 'keychain-request') void keychain(message).then((answer) => tell(answer))
  })
  tell({ type: 'start', dataFolder, demo: false })
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    worker.postMessage({ message: { type: 'connect' } satisfies ToHost, ports: [port1] }, [port1])
    port2.start()
    const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: port2 }))
    return { client, port: port2 }
  }
  return { said, tell, exited, connect, dataFolder }
}

const untilSaid = (said: readonly FromHost[], type: FromHost['type']) =>
  until(
    () => said.filter((message) => message.type === type),
    (found) => found.length > 0,
  )

describe('the host as a utility process', () => {
  test('opens new data with the system’s keychain alone, and again after a restart', async () => {
    const first = await start()
    await untilSaid(first.said, 'ready')
    const { client, port } = first.connect()
    expect(await client.vault.status()).toMatchObject({ state: 'new', keychainAvailable: true })
    const { phrase } = await client.vault.create({ coachName: 'Akmal' })
    expect(phrase).toHaveLength(24)
    expect((await client.system.about()).shell).toBe('electron')
    port.close()
    first.tell({ type: 'stop' })
    expect(await first.exited).toBe(0)
    expect(first.said.at(-1)).toEqual({ type: 'stopped' })

    const again = await start(first.dataFolder)
    await untilSaid(again.said, 'ready')
    const second = again.connect()
    expect((await second.client.vault.status()).state).toBe('open')
    second.port.close()
    again.tell({ type: 'stop' })
    expect(await again.exited).toBe(0)
  })

  test('serves two windows at once', async () => {
    const host = await start()
    await untilSaid(host.said, 'ready')
    const windows = [host.connect(), host.connect()]
    const states = await Promise.all(windows.map(async ({ client }) => (await client.vault.status()).state))
    expect(states).toEqual(['new', 'new'])
    for (const { port } of windows) port.close()
  })

  test('messages outside the protocol do not trouble it', async () => {
    const host = await start()
    await untilSaid(host.said, 'ready')
    for (const message of [null, 'stop', { type: 'format-disk' }, { type: 'connect' }]) {
      running.at(-1)?.worker.postMessage({ message, ports: [] })
    }
    host.tell({ type: 'sleep' })
    host.tell({ type: 'wake' })
    const { client, port } = host.connect()
    expect((await client.vault.status()).state).toBe('new')
    port.close()
  })
})
