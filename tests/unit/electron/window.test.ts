import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readArguments } from '../../../electron/arguments.ts'
import { menuTemplate } from '../../../electron/menu.ts'
import {
  fitToScreens,
  openingPlace,
  readWindowState,
  saveWindowState,
  smallestWindow,
} from '../../../electron/windowState.ts'
import { conversationHash } from '../../../shared/shellWindow.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }
const saved = { x: 100, y: 80, width: 1200, height: 760, maximized: false }

describe('the place of the window', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opencoach-window-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('is the one it was left at', () => {
    const file = join(folder, 'deep', 'window.json')
    saveWindowState(file, saved)
    expect(readWindowState(file)).toEqual(saved)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['window.json'])
    expect(openingPlace(saved, [laptop, second])).toEqual({ x: 100, y: 80, width: 1200, height: 760 })
  })

  test('is the usual one where nothing readable was kept', () => {
    const file = join(folder, 'window.json')
    expect(readWindowState(file)).toBeUndefined()
    for (const content of [
      '',
      '{',
      'null',
      '{"x":1}',
      JSON.stringify({ ...saved, width: -5 }),
      '{"x":1e999,"y":0,"width":900,"height":600,"maximized":false}',
    ]) {
      writeFileSync(file, content)
      expect(readWindowState(file), content).toBeUndefined()
    }
    expect(openingPlace(undefined, [laptop])).not.toHaveProperty('x')
  })

  test('is the usual one when its screen is gone', () => {
    const onSecond = { ...saved, x: 2000 }
    expect(fitToScreens(onSecond, [laptop, second])).toEqual(onSecond)
    expect(fitToScreens(onSecond, [laptop])).toBeUndefined()
    expect(openingPlace(onSecond, [laptop])).not.toHaveProperty('x')
  })

  test('is never one from which the window cannot be moved', () => {
    expect(fitToScreens({ ...saved, y: -700 }, [laptop])).toBeUndefined()
    expect(fitToScreens({ ...saved, x: 1400 }, [laptop])).toBeUndefined()
  })

  test('is never larger than the screen, nor smaller than the console needs', () => {
    expect(fitToScreens({ ...saved, width: 9_000, height: 9_000 }, [laptop])).toMatchObject({
      width: 1440,
      height: 875,
    })
    expect(fitToScreens({ ...saved, width: 300, height: 200 }, [laptop])).toMatchObject(smallestWindow)
  })

  test('that cannot be saved troubles nobody', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => saveWindowState(join(folder, 'file', 'window.json'), saved)).not.toThrow()
  })
})

const rolesOf = (items: readonly MenuItemConstructorOptions[]): unknown[] =>
  items.flatMap(({ role, submenu }) => [role, ...(Array.isArray(submenu) ? rolesOf(submenu) : [])])

describe('the application menu', () => {
  const developerRoles = ['reload', 'forceReload', 'toggleDevTools', 'viewMenu']

  test('has no way to reload or to open developer tools in a packaged app', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const roles = rolesOf(menuTemplate(platform, true))
      expect(roles.filter((role) => developerRoles.some((other) => other === role))).toEqual([])
      expect(roles).toEqual(expect.arrayContaining(['editMenu', 'zoomIn', 'windowMenu']))
    }
    expect(rolesOf(menuTemplate('linux', false))).toContain('toggleDevTools')
  })

  test('has the system’s application menu on macOS, and a way to quit elsewhere', () => {
    expect(rolesOf(menuTemplate('darwin', true))).toContain('appMenu')
    expect(rolesOf(menuTemplate('linux', true))).toContain('quit')
  })
})

describe('the data folder', () => {
  const usual = join('/', 'home', 'coach', '.config', 'OpenCoach')

  test('lies where the system keeps such things, unless told otherwise', () => {
    expect(readArguments(['electron', '.'], {}, usual)).toEqual({
      dataFolder: join(usual, 'data'),
      shellFolder: usual,
      isElsewhere: false,
      demo: false,
    })
  })

  test('is the one on the command line, else the one of the environment', () => {
    const environment = { OPENCOACH_DATA: '/from/environment' }
    expect(readArguments(['x', '--data', '/a', '--demo'], environment, usual)).toMatchObject({
      dataFolder: resolve('/a'),
      isElsewhere: true,
      demo: true,
    })
    expect(readArguments(['x', '--data=/a=b'], environment, usual).dataFolder).toBe(resolve('/a=b'))
    expect(readArguments(['x', '--no-sandbox'], environment, usual).dataFolder).toBe(resolve('/from/environment'))
    expect(readArguments(['x', '--data', '--demo'], {}, usual).dataFolder).toBe(join(usual, 'data'))
  })

  test('has an instance of its own: two folders can be open at once', () => {
    const folder = (path: string) => readArguments(['x', '--data', path], {}, usual).shellFolder
    expect(folder('/a')).not.toBe(folder('/b'))
  })
})

describe('the address of a conversation', () => {
  test('is made of ids only', () => {
    expect(conversationHash('01J9_a-b')).toBe('#/inbox/01J9_a-b')
    for (const id of ['', 'a/b', '../x', 'a b', 'a#b', 'javascript:x', 'x'.repeat(65), 7, null, undefined]) {
      expect(conversationHash(id)).toBeUndefined()
    }
  })
})
