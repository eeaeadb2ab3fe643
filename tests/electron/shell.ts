import { fork } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')

/** A running shell, seen from a test: code can be run in its main process, whichever Electron that is. */
export interface Shell {
  /** Runs `act` over there: it and its argument are sent, so it may use nothing of the test's own scope. */
  readonly run: <A>(act: (electron: typeof Electron, argument: A) => unknown, argument: A) => Promise<unknown>
  /** Exit code of the main process. */
  readonly exited: Promise<number | null>
  readonly kill: () => void
}

export interface LaunchOptions {
  readonly appFolder: string
  readonly dataFolder: string
}

/** The Electron binary, without ever asking the package `electron`, which would download it. */
const electronBinary = (): string | undefined => {
  const folder = join(root, 'node_modules/electron')
  if (!existsSync(join(folder, 'path.txt'))) return undefined
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(binary) ? binary : undefined
}

const version = (): string =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))).version

const binary = electronBinary()
export const isReal = binary !== undefined
export const driverName = isReal ? `real Electron ${version()}` : 'stand-in'

const launchReal = async (executablePath: string, { appFolder, dataFolder }: LaunchOptions): Promise<Shell> => {
  const { _electron } = await import('playwright')
  // Chromium refuses its sandbox to root, which containers run as.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const electron = await _electron.launch({ executablePath, args: [appFolder, ...asRoot, '--data', dataFolder] })
  const child = electron.process()
  return {
    run: (act, argument) =>
      electron.evaluate((module, given) => Function(`return (${given.source})`)()(module, given.argument), {
        source: act.toString(),
        argument,
      }),
    exited: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
    kill: () => void child.kill('SIGKILL'),
  }
}

const launchStandIn = ({ appFolder, dataFolder }: LaunchOptions): Shell => {
  const child = fork(join(appFolder, 'dist/electron/main.js'), ['--data', dataFolder], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', join(import.meta.dirname, 'standIn/child.ts')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  child.on('message', (raw) => {
    const answer = z.object({ id: z.number(), value: z.unknown().optional(), error: z.string().optional() }).parse(raw)
    const request = open.get(answer.id)
    open.delete(answer.id)
    if (answer.error === undefined) request?.resolve(answer.value)
    else request?.reject(new Error(answer.error))
  })
  return {
    run: (act, argument) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error('The shell is gone.'))
        lastId += 1
        open.set(lastId, { resolve, reject })
        child.send({ id: lastId, source: act.toString(), argument })
      }),
    exited: new Promise((resolve) =>
      child.once('exit', (code) => {
        for (const { reject } of open.values()) reject(new Error('The shell is gone.'))
        resolve(code)
      }),
    ),
    kill: () => void child.kill('SIGKILL'),
  }
}

const waitMs = 10_000

/** Starts the built shell from `appFolder`: real Electron where there is one, else the stand-in. */
export const launch = (options: LaunchOptions): Promise<Shell> =>
  binary ? launchReal(binary, options) : Promise.resolve(launchStandIn(options))

/** Repeats `look` until it gives what `isFine` accepts; the last thing seen is in the error. */
export const until = async <T>(look: () => Promise<T> | T, isFine: (seen: T) => boolean): Promise<T> => {
  const end = performance.now() + waitMs
  for (;;) {
    const seen = await look()
    if (isFine(seen)) return seen
    if (performance.now() > end) throw new Error(`Waited ${waitMs} ms; last seen: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Runs `act` in the console's page. */
export const inPage = <A>(shell: Shell, act: (argument: A) => unknown, argument: A): Promise<unknown> =>
  shell.run(
    ({ BrowserWindow }, source) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL().startsWith('app:'))
        ?.webContents.executeJavaScript(source, true),
    `(${act.toString()})(${JSON.stringify(argument ?? null)})`,
  )

/** Resolves when the window shows the console. */
export const whenOpen = async (shell: Shell): Promise<void> => {
  await until(
    () =>
      shell.run(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows()[0]
        return window?.isVisible() && window.webContents.getURL()
      }, null),
    (url) => typeof url === 'string' && url.startsWith('app://console/'),
  )
}

declare global {
  var port: MessagePort
  var lost: number
}

/** Lets the page ask for its port and keep it; resolves with 'connected' once it came. */
export const connect = (shell: Shell) =>
  inPage(
    shell,
    () =>
      new Promise((resolve) => {
        const receive = (event: MessageEvent) => {
          if (event.data.type !== 'opencoach-port' || !event.ports[0]) return
          removeEventListener('message', receive)
          globalThis.port = event.ports[0]
          globalThis.port.start()
          resolve('connected')
        }
        addEventListener('message', receive)
        window.opencoach?.requestPort()
      }),
    null,
  )

/** A folder with the built shell, a page of our own, and `hostFile` as its host. */
export const makeApp = (hostFile: string): string => {
  const built = join(root, 'dist/electron')
  if (!existsSync(join(built, 'main.js')) || !existsSync(join(built, 'preload.cjs'))) {
    throw new Error('The shell is not built. Run `npm run build` first.')
  }
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-shell-'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'dist/electron/main.js' }))
  cpSync(built, join(folder, 'dist/electron'), { recursive: true })
  cpSync(join(import.meta.dirname, 'page'), join(folder, 'dist/renderer'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'outside the console')
  mkdirSync(join(folder, 'dist/host'))
  cpSync(hostFile, join(folder, 'dist/host/utility.js'))
  return folder
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
