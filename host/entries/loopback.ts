import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem, toProblem } from '../../shared/problem.ts'
import { createPracticeChannel, createReplayChannel, parseReplay } from '../channels/practice/index.ts'
import { systemClock } from '../clock.ts'
import { createHost } from '../host.ts'
import { createLog, endOnUncaught, silenceLibraries } from '../log/index.ts'
import { serveLoopback } from '../server/index.ts'
import { noKeychain } from '../vault/keychain.ts'

const stopLimitMs = 4_500

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      serve: { type: 'boolean' },
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      replay: { type: 'string' },
      'replay-speed': { type: 'string', default: '1' },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem('INVALID_INPUT', '--port takes a number from 0 to 65535.')
  const speed = Number(values['replay-speed'])
  if (!(speed > 0 && speed <= 1_000))
    throw new Problem('INVALID_INPUT', '--replay-speed takes a number above 0, at most 1000.')
  return { ...values, port, speed, dataFolder: resolve(values.data ?? join(homedir(), '.opencoach')) }
}

const replayFrom = (file: string, speed: number) => {
  const bytes = (() => {
    try {
      return readFileSync(file)
    } catch {
      throw new Problem('INVALID_INPUT', `The replay file ${file} cannot be read. Check its path and permissions.`)
    }
  })()
  return createReplayChannel({ replay: parseReplay(bytes), clock: systemClock, speed })
}

const openInBrowser = (url: string): void => {
  const [command, ...rest] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  if (!command) return
  const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write(`Open this address in your browser: ${url}\n`))
  child.unref()
}

const main = async (): Promise<void> => {
  const options = readArguments()
  const log = createLog((line) => process.stderr.write(line))
  silenceLibraries(log)
  endOnUncaught(log)
  const host = await createHost({
    dataFolder: options.dataFolder,
    shell: 'browser',
    keychain: noKeychain,
    log,
    environment: process.env,
    practiceChannel: () => createPracticeChannel({ clock: systemClock }),
    extraChannels: options.replay ? [replayFrom(options.replay, options.speed)] : [],
  })
  if (options.demo) await host.prepareDemo()
  const server = await serveLoopback(host, {
    port: options.port,
    rendererFolder: resolve(import.meta.dirname, '../renderer'),
  })

  const stop = async (signal: string): Promise<void> => {
    log('info', 'stopping', { signal })
    // Whatever hangs, the process ends in time; what was on its way is settled at the next start.
    setTimeout(() => process.exit(1), stopLimitMs).unref()
    await server.close()
    await host.stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal))

  process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`)
  if (!options['no-open']) openInBrowser(server.url)
}

main().catch((error: unknown) => {
  const isOptionError = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  process.stderr.write(`${isOptionError ? error.message : toProblem(error).message}\n`)
  process.exit(1)
})
