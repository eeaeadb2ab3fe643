import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { z } from 'zod'
import { connect, driverName, inPage, launch, makeApp, removeFolder, type Shell, until, whenOpen } from './shell.ts'

/** Starts shells on a host of the test's own, which writes down what it is told; ends them after each test. */
export const prepareScriptedShells = () => {
  const app = { folder: '' }
  const running: { shell: Shell; dataFolder: string }[] = []
  beforeAll(() => {
    console.log(`electron specs: ${driverName}`)
    app.folder = makeApp(join(import.meta.dirname, 'scriptedHost.js'))
  })
  afterAll(() => removeFolder(app.folder))
  afterEach(async () => {
    for (const { shell, dataFolder } of running.splice(0)) {
      shell.kill()
      await shell.exited
      removeFolder(dataFolder)
    }
  })
  return {
    app,
    /** A shell whose window shows the console. */
    open: async (dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-data-'))) => {
      const shell = await launch({ appFolder: app.folder, dataFolder })
      running.push({ shell, dataFolder })
      await whenOpen(shell)
      return { shell, dataFolder }
    },
  }
}

/** What the host was told so far, in order. */
export const heard = (dataFolder: string): { type: string; [field: string]: unknown }[] => {
  const file = join(dataFolder, 'heard.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => z.looseObject({ type: z.string() }).parse(JSON.parse(line)))
}

/** Waits for lines that match; gives them. */
export const untilHeard = (
  dataFolder: string,
  isMeant: (line: { type: string; [field: string]: unknown }) => boolean,
) =>
  until(
    () => heard(dataFolder).filter(isMeant),
    (lines) => lines.length > 0,
  )

/** Has the page ask its host to do something. */
export const order = (shell: Shell, order: string, value?: unknown) =>
  inPage(shell, (message) => void globalThis.port.postMessage(message), { order, value })

/** Sends a word from the page to the host and back; everything sent before has arrived then. */
export const echo = (shell: Shell, value: string) =>
  inPage(
    shell,
    (text) =>
      new Promise((resolve) => {
        globalThis.port.addEventListener('message', ({ data }) => resolve(data.echo), { once: true })
        globalThis.port.postMessage({ order: 'echo', value: text })
      }),
    value,
  )

/** Gives the page a port and makes sure that the host has it. */
export const connectToHost = async (shell: Shell): Promise<void> => {
  await connect(shell)
  await echo(shell, 'connected')
}

export const quit = (shell: Shell) => shell.run(({ app }) => void setTimeout(() => app.quit(), 0), null)
