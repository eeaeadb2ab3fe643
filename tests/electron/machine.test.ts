import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectToHost, echo, heard, order, prepareScriptedShells, quit, untilHeard } from './scripted.ts'
import { inPage, isReal, launch, type Shell, until } from './shell.ts'

// The built shell and the machine it runs on. What only the stand-in can provoke is skipped in real Electron.
const standInTest = test.skipIf(isReal)
const { app, open } = prepareScriptedShells()

describe('the machine around it', () => {
  test('tells the host when the machine sleeps and wakes', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await shell.run(({ powerMonitor }) => {
      powerMonitor.emit('suspend')
      powerMonitor.emit('resume')
    }, null)
    await untilHeard(dataFolder, ({ type }) => type === 'wake')
    expect(heard(dataFolder).map(({ type }) => type)).toEqual(['start', 'connect', 'sleep', 'wake'])
  })

  test('a second start with the same data ends by itself and brings the first window forward', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    const second = await launch({ appFolder: app.folder, dataFolder }).catch(() => undefined)
    if (second) expect(await second.exited).toBe(0)
    expect(heard(dataFolder).filter(({ type }) => type === 'start')).toHaveLength(1)
    await shell.run(({ app, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.minimize()
      app.emit('second-instance', {}, [], '', {})
    }, null)
    const isMinimized = () => shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized(), null)
    expect(await until(isMinimized, (minimized) => minimized === false)).toBe(false)
  })

  test('quitting waits until the host has finished what was on its way', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await quit(shell)
    expect(await shell.exited).toBe(0)
    expect(heard(dataFolder).at(-1)).toEqual({ type: 'drained' })
  })

  test('a host that hangs cannot hold the app open for longer than its five seconds', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await order(shell, 'hang')
    await echo(shell, 'hanging')
    const began = performance.now()
    await quit(shell)
    expect(await shell.exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(9_000)
    expect(heard(dataFolder).at(-1)).toEqual({ type: 'stop' })
  })

  test('the window opens where it was left', async () => {
    const { shell, dataFolder } = await open()
    await shell.run(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1000, height: 700 }),
      null,
    )
    await quit(shell)
    await shell.exited
    const again = await open(dataFolder)
    const size = await again.shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null)
    expect(size).toMatchObject({ width: 1000, height: 700 })
  })

  test('a damaged note of the window’s place does not keep it from opening', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-data-'))
    mkdirSync(join(dataFolder, 'window'))
    writeFileSync(join(dataFolder, 'window/window.json'), '{"x": "left"')
    const { shell } = await open(dataFolder)
    await connectToHost(shell)
  })

  standInTest('the badge and the bar count who needs the coach', async () => {
    const { shell } = await open()
    await connectToHost(shell)
    const bar = () =>
      shell.run((electron) => {
        const { toolTip, items, image } = Reflect.get(electron.Tray, 'all')[0]
        const labels: { label?: string }[] = items
        return { toolTip, labels: labels.flatMap(({ label }) => label ?? []), picture: image.pixels.toString('base64') }
      }, null)
    const shown = z.object({ toolTip: z.string(), labels: z.array(z.string()), picture: z.string() })
    const calm = shown.parse(await bar())
    expect(calm.toolTip).toBe('OpenCoach: Nobody needs you')
    await order(shell, 'say', { type: 'counts', counts: { needsMe: 3, unread: 9 } })
    const badge = () => shell.run(({ app }) => app.getBadgeCount(), null)
    expect(await until(badge, (count) => count === 3)).toBe(3)
    const calling = shown.parse(await bar())
    expect(calling.toolTip).toBe('OpenCoach: 3 need you, 9 unread')
    expect(calling.labels).toEqual(['3 need you, 9 unread', 'Open OpenCoach', 'Quit'])
    expect(calling.picture).not.toBe(calm.picture)
  })

  standInTest('the bar brings the window back and quits the app', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await shell.run((electron) => {
      electron.BrowserWindow.getAllWindows()[0]?.minimize()
      Reflect.get(electron.Tray, 'all')[0].items[1].click()
    }, null)
    const isMinimized = () => shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized(), null)
    expect(await isMinimized()).toBe(false)
    await shell.run((electron) => {
      const [, , , quitItem] = Reflect.get(electron.Tray, 'all')[0].items
      setTimeout(quitItem.click, 0)
    }, null)
    expect(await shell.exited).toBe(0)
    expect(heard(dataFolder).at(-1)).toEqual({ type: 'drained' })
  })

  const shownBy = (shell: Shell) =>
    shell.run(({ Notification }) => {
      const list: { options: object; isClosed: boolean }[] = Reflect.get(Notification, 'shown')
      return list.map(({ options, isClosed }) => ({ ...options, isClosed }))
    }, null)
  const click = (shell: Shell, index: number) =>
    shell.run(({ Notification }, at) => void Reflect.get(Notification, 'shown')[at].emit('click'), index)

  standInTest('a notification says who needs the coach, and a click opens that conversation', async () => {
    const { shell } = await open()
    await connectToHost(shell)
    const attention = { conversationId: 'c0nv_1', title: 'Sarah needs you', body: 'They asked to talk to you.' }
    await order(shell, 'say', { type: 'attention', attention })
    const list = await until(
      () => shownBy(shell),
      (all) => Array.isArray(all) && all.length === 1,
    )
    expect(list).toEqual([{ title: attention.title, body: attention.body, isClosed: false }])
    await click(shell, 0)
    expect(await inPage(shell, () => location.hash, null)).toBe('#/inbox/c0nv_1')
    // The coach now looks at that conversation, at whatever message, so a second call makes no noise.
    await inPage(
      shell,
      () => {
        location.hash = '#/inbox/c0nv_1?at=17'
      },
      null,
    )
    await order(shell, 'say', { type: 'attention', attention: { ...attention, level: 2, isCrisis: true } })
    await echo(shell, 'after')
    expect(await shownBy(shell)).toHaveLength(1)
  })

  standInTest('a crisis breaks through, stays, and repeats in the place of the earlier notification', async () => {
    const { shell } = await open()
    await connectToHost(shell)
    await shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), null)
    const attention = {
      conversationId: 'c0nv_2',
      title: 'Safety crisis: Dan needs you',
      body: 'Their words point to danger.',
    }
    for (const level of [1, 2]) {
      await order(shell, 'say', { type: 'attention', attention: { ...attention, level, isCrisis: true } })
    }
    const urgent = { urgency: 'critical', silent: false, timeoutType: 'never' }
    const list = await until(
      () => shownBy(shell),
      (all) => Array.isArray(all) && all.length === 2,
    )
    expect(list).toEqual([
      { title: attention.title, body: attention.body, ...urgent, isClosed: true },
      { title: attention.title, body: attention.body, ...urgent, isClosed: false },
    ])
    const flashes = await shell.run(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return window && Reflect.get(window, 'isFlashing')()
    }, null)
    expect(flashes).toBe(true)
    await click(shell, 1)
    expect(await inPage(shell, () => location.hash, null)).toBe('#/inbox/c0nv_2')
  })

  standInTest('the coach has the console started at login, and no stranger can', async () => {
    const { shell } = await open()
    await connectToHost(shell)
    const starts = () => inPage(shell, () => window.opencoach?.startsAtLogin(), null)
    expect(await starts()).toBe(false)
    await inPage(shell, () => window.opencoach?.setStartAtLogin(true), null)
    expect(await starts()).toBe(true)
    await shell.run(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        await window.loadURL('data:text/html,<p>stranger</p>')
        await window.webContents.executeJavaScript('window.opencoach.setStartAtLogin(false)')
        window.close()
      },
      join(app.folder, 'dist/electron/preload.cjs'),
    )
    expect(await starts()).toBe(true)
    await inPage(shell, () => window.opencoach?.setStartAtLogin(false), null)
    expect(await starts()).toBe(false)
  })
})

describe('the keychain', () => {
  const ask = async (shell: Shell, dataFolder: string, request: { operation: string; value?: string }, id: number) => {
    await order(shell, 'say', { type: 'keychain-request', id, ...request })
    const answers = await untilHeard(dataFolder, (line) => line.type === 'keychain-answer' && line.id === id)
    return answers[0]
  }
  const secret = Buffer.from('a key of the house').toString('base64')

  test('wraps the key so that only the keychain opens it again', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    const { available } = z
      .looseObject({ available: z.boolean() })
      .parse(await ask(shell, dataFolder, { operation: 'isAvailable' }, 1))
    if (!available) return expect(isReal).toBe(true)
    const { value } = z
      .looseObject({ value: z.string() })
      .parse(await ask(shell, dataFolder, { operation: 'wrap', value: secret }, 2))
    expect(value).not.toBe(secret)
    expect(await ask(shell, dataFolder, { operation: 'unwrap', value }, 3)).toMatchObject({ value: secret })
    const foreign = Buffer.from('wrapped elsewhere').toString('base64')
    expect(await ask(shell, dataFolder, { operation: 'unwrap', value: foreign }, 4)).toMatchObject({ failed: true })
  })

  test.skipIf(isReal || process.platform !== 'linux')('a keychain that anyone can open counts as none', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await shell.run(({ safeStorage }) => {
      Object.assign(safeStorage, { getSelectedStorageBackend: () => 'basic_text' })
    }, null)
    expect(await ask(shell, dataFolder, { operation: 'isAvailable' }, 1)).toMatchObject({ available: false })
    expect(await ask(shell, dataFolder, { operation: 'wrap', value: secret }, 2)).toMatchObject({ failed: true })
  })

  standInTest('a system without a keychain is said to have none', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await shell.run(({ safeStorage }) => {
      Object.assign(safeStorage, { isAsyncEncryptionAvailable: () => Promise.resolve(false) })
    }, null)
    expect(await ask(shell, dataFolder, { operation: 'isAvailable' }, 1)).toMatchObject({ available: false })
  })
})
