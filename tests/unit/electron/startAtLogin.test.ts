import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createStartAtLogin, loginArguments } from '../../../electron/startAtLogin.ts'

type Parts = Parameters<typeof createStartAtLogin>[0]

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencoach-login-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const calls: unknown[] = []
const app = {
  getLoginItemSettings: (options) => {
    calls.push(options)
    return {
      openAtLogin: true,
      wasOpenedAtLogin: false,
      status: 'enabled',
      executableWillLaunchAtLogin: true,
      launchItems: [],
    }
  },
  setLoginItemSettings: (settings) => void calls.push(settings),
} satisfies Parts['app']
const create = (parts: Partial<Parts> = {}) =>
  createStartAtLogin({
    app,
    platform: 'linux',
    autostartFolder: join(folder, 'autostart'),
    executable: '/opt/OpenCoach/opencoach',
    args: [],
    ...parts,
  })

describe('starting at login', () => {
  test('on Linux is one file that desktops read, and none when it is off', () => {
    const login = create({ args: ['--data', '/home/coach/50% "quoted" $HOME\\y'] })
    expect(login.isOn()).toBe(false)
    login.set(true)
    expect(login.isOn()).toBe(true)
    const [file = ''] = readdirSync(join(folder, 'autostart'))
    expect(readFileSync(join(folder, 'autostart', file), 'utf8')).toContain(
      String.raw`Exec="/opt/OpenCoach/opencoach" "--data" "/home/coach/50%% \\"quoted\\" \\$HOME\\\\y"`,
    )
    login.set(true)
    login.set(false)
    login.set(false)
    expect(login.isOn()).toBe(false)
    expect(readdirSync(join(folder, 'autostart'))).toEqual([])
  })

  test('elsewhere is asked of the system itself', () => {
    const login = create({ platform: 'win32', args: ['C:\\My app', '--data', 'D:\\My data'] })
    calls.length = 0
    login.set(true)
    expect(login.isOn()).toBe(true)
    const args = ['"C:\\My app"', '--data', '"D:\\My data"']
    expect(calls).toEqual([{ openAtLogin: true, args }, { args }])
    expect(readdirSync(folder)).toEqual([])
  })

  test('opens the same data as now', () => {
    const usual = { dataFolder: '/home/coach/.config/OpenCoach/data', isElsewhere: false, demo: false }
    expect(loginArguments(null, usual)).toEqual([])
    expect(loginArguments('/src/opencoach', { dataFolder: '/a b', isElsewhere: true, demo: true })).toEqual([
      '/src/opencoach',
      '--data',
      '/a b',
      '--demo',
    ])
  })
})
