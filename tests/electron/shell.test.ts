import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  connect,
  driverName,
  inPage,
  isReal,
  launch,
  makeApp,
  removeFolder,
  type Shell,
  until,
  whenOpen,
} from './shell.ts'

// The built main process and preload. What cannot be provoked in real Electron from outside runs in the stand-in only.
const standInTest = test.skipIf(isReal)
let appFolder = ''
let running: { shell: Shell; dataFolder: string }[] = []

beforeAll(() => {
  console.log(`electron specs: ${driverName}`)
  appFolder = makeApp(join(import.meta.dirname, 'scriptedHost.js'))
})
afterAll(() => removeFolder(appFolder))
afterEach(async () => {
  for (const { shell, dataFolder } of running) {
    shell.kill()
    await shell.exited
    removeFolder(dataFolder)
  }
  running = []
})

const open = async (dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-data-'))) => {
  const shell = await launch({ appFolder, dataFolder })
  running.push({ shell, dataFolder })
  await whenOpen(shell)
  return { shell, dataFolder }
}

const heard = (dataFolder: string): { type: string; [field: string]: unknown }[] => {
  const file = join(dataFolder, 'heard.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => z.looseObject({ type: z.string() }).parse(JSON.parse(line)))
}
const untilHeard = (dataFolder: string, type: string) =>
  until(
    () => heard(dataFolder).filter((line) => line.type === type),
    (lines) => lines.length > 0,
  )

const order = (shell: Shell, order: string, value?: unknown) =>
  inPage(shell, (message) => void globalThis.port.postMessage(message), { order, value })
const echo = (shell: Shell, value: string) =>
  inPage(
    shell,
    (text) =>
      new Promise((resolve) => {
        globalThis.port.addEventListener('message', ({ data }) => resolve(data.echo), { once: true })
        globalThis.port.postMessage({ order: 'echo', value: text })
      }),
    value,
  )
const quit = (shell: Shell) => shell.run(({ app }) => void setTimeout(() => app.quit(), 0), null)

describe('the page and the host', () => {
  test('the page gets a port to the host, and nothing else of Electron or Node', async () => {
    const { shell, dataFolder } = await open()
    expect(await connect(shell)).toBe('connected')
    expect(await echo(shell, 'salaam')).toBe('salaam')
    expect(heard(dataFolder).map(({ type }) => type)).toEqual(['start', 'connect'])
    expect(heard(dataFolder)[0]).toEqual({ type: 'start', dataFolder, demo: false })
    const world = await inPage(
      shell,
      () => ({
        bridge: Object.keys(window.opencoach ?? {}).sort(),
        others: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
      }),
      null,
    )
    expect(world).toEqual({ bridge: ['requestPort', 'shell'], others: [] })
  })

  test('every window is sandboxed, isolated and without Node, and keeps nothing on disk', async () => {
    const { shell } = await open()
    const window = await shell.run(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents) return undefined
      const preferences = Reflect.get(contents, 'getLastWebPreferences').call(contents)
      return { ...preferences, isPersistent: contents.session.isPersistent() }
    }, null)
    expect(window).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      isPersistent: false,
    })
  })

  test('when the host crashes, it is started again and the page gets a new port', async () => {
    const { shell, dataFolder } = await open()
    await connect(shell)
    await inPage(
      shell,
      () => {
        globalThis.lost = 0
        addEventListener('message', ({ data }) => {
          if (data.type === 'opencoach-port-lost') globalThis.lost += 1
        })
      },
      null,
    )
    await order(shell, 'crash')
    await until(
      () => inPage(shell, () => globalThis.lost, null),
      (lost) => lost === 1,
    )
    expect(await connect(shell)).toBe('connected')
    expect(await echo(shell, 'back again')).toBe('back again')
    expect(heard(dataFolder).filter(({ type }) => type === 'start')).toHaveLength(2)
  })

  test('a message of the host that is not in the protocol changes nothing', async () => {
    const { shell } = await open()
    await connect(shell)
    for (const message of [null, 'ready', { type: 'attention' }, { type: 'quit' }]) await order(shell, 'say', message)
    expect(await echo(shell, 'still here')).toBe('still here')
  })

  test('a stranger’s page gets no port, even with our preload', async () => {
    const { shell, dataFolder } = await open()
    await shell.run(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        await window.loadURL('data:text/html,<p>stranger</p>')
        await window.webContents.executeJavaScript('void window.opencoach.requestPort()')
      },
      join(appFolder, 'dist/electron/preload.cjs'),
    )
    expect(await connect(shell)).toBe('connected')
    expect(heard(dataFolder).filter(({ type }) => type === 'connect')).toHaveLength(1)
  })

  standInTest('a message from a frame inside the console gets no port', async () => {
    const { shell, dataFolder } = await open()
    await shell.run(({ BrowserWindow, ipcMain }) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents
      const inner = { url: 'app://console/', parent: { url: 'app://console/' } }
      ipcMain.emit('opencoach:connect', { sender, senderFrame: inner })
      ipcMain.emit('opencoach:connect', { sender, senderFrame: null })
    }, null)
    await connect(shell)
    expect(heard(dataFolder).filter(({ type }) => type === 'connect')).toHaveLength(1)
  })
})

describe('the way out of a window', () => {
  test('the page cannot be led elsewhere', async () => {
    const { shell } = await open()
    for (const target of ['https://example.com/', 'file:///etc/hosts', 'app://other/', 'data:text/html,hello']) {
      await inPage(
        shell,
        (address) => {
          location.href = address
        },
        target,
      )
    }
    const url = await shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(), null)
    expect(url).toMatch(/^app:\/\/console\//)
  })

  test('no page opens a window, and only https is offered to the browser, after asking', async () => {
    const { shell } = await open()
    await shell.run(({ dialog, shell: system }) => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      Object.assign(dialog, {
        showMessageBox: async (_window: object, { detail }: { detail: string }) => {
          seen.push(`asked ${detail}`)
          return { response: detail.includes('wanted') ? 0 : 1 }
        },
      })
      Object.assign(system, { openExternal: async (url: string) => void seen.push(`opened ${url}`) })
    }, null)
    for (const address of [
      'https://wanted.example/',
      'https://refused.example/',
      'http://plain.example/',
      'file:///etc/hosts',
      'javascript:alert(1)',
      'https://name:word@example.com/',
    ]) {
      expect(await inPage(shell, (url) => window.open(url) === null, address)).toBe(true)
    }
    const seen = await until(
      () => shell.run(() => Reflect.get(globalThis, 'seen'), null),
      (list) => Array.isArray(list) && list.length >= 3,
    )
    expect(seen).toEqual([
      'asked https://wanted.example/',
      'opened https://wanted.example/',
      'asked https://refused.example/',
    ])
    expect(await shell.run(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1)
  })

  test('permissions are denied', async () => {
    const { shell } = await open()
    expect(await inPage(shell, () => Notification.requestPermission(), null)).toBe('denied')
    const geolocation = async () => (await navigator.permissions.query({ name: 'geolocation' })).state
    expect(await inPage(shell, geolocation, null)).toBe('denied')
  })

  test('a window reaches no network at all', async () => {
    const { shell } = await open()
    const reach = (url: string) =>
      fetch(url).then(
        () => 'reached',
        () => 'refused',
      )
    expect(await inPage(shell, reach, 'https://127.0.0.1:9/')).toBe('refused')
    expect(await inPage(shell, reach, 'app://console/assets/page.js')).toBe('reached')
  })

  test('a webview is never attached', async () => {
    const { shell } = await open()
    const isPrevented = await shell.run(({ BrowserWindow }) => {
      let prevented = false
      const event = {
        preventDefault: () => {
          prevented = true
        },
      }
      const emitter: NodeJS.EventEmitter | undefined = BrowserWindow.getAllWindows()[0]?.webContents
      emitter?.emit('will-attach-webview', event, {}, {})
      return prevented
    }, null)
    expect(isPrevented).toBe(true)
  })
})

describe('app://', () => {
  const get = (shell: Shell, url: string) =>
    shell.run(async ({ session }, address) => {
      const response = await session.fromPartition('opencoach').fetch(address)
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
    }, url)
  const answer = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), text: z.string() })

  test('serves the page with a strict policy and a new nonce each time', async () => {
    const { shell } = await open()
    const [first, second] = [
      answer.parse(await get(shell, 'app://console/')),
      answer.parse(await get(shell, 'app://console/')),
    ]
    const nonce = (text: string) => /csp-nonce" content="([^"]+)"/.exec(text)?.[1]
    expect(nonce(first.text)).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(nonce(first.text)).not.toBe(nonce(second.text))
    expect(first.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce(first.text)}'`)
    expect(first.headers['content-security-policy']).toContain("default-src 'none'")
    expect(first.headers['content-security-policy']).not.toContain('unsafe')
    expect(first.headers['x-content-type-options']).toBe('nosniff')
  })

  test('serves nothing from outside the console’s folder', async () => {
    const { shell } = await open()
    expect(answer.parse(await get(shell, 'app://console/assets/page.js'))).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    })
    for (const path of [
      '../../secret.txt',
      '%2e%2e/%2e%2e/secret.txt',
      '..%2f..%2fsecret.txt',
      '..%5c..%5csecret.txt',
      'none.js',
    ]) {
      const refused = answer.parse(await get(shell, `app://console/${path}`))
      expect(refused.status, path).not.toBe(200)
      expect(refused.text).not.toContain('outside')
    }
  })
})

describe('the machine around it', () => {
  test('tells the host when the machine sleeps and wakes', async () => {
    const { shell, dataFolder } = await open()
    await connect(shell)
    await shell.run(({ powerMonitor }) => {
      powerMonitor.emit('suspend')
      powerMonitor.emit('resume')
    }, null)
    await untilHeard(dataFolder, 'wake')
    expect(heard(dataFolder).map(({ type }) => type)).toEqual(['start', 'connect', 'sleep', 'wake'])
  })

  test('a second start with the same data ends by itself and brings the first window forward', async () => {
    const { shell, dataFolder } = await open()
    const second = await launch({ appFolder, dataFolder }).catch(() => undefined)
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
    await connect(shell)
    await quit(shell)
    expect(await shell.exited).toBe(0)
    expect(heard(dataFolder).at(-1)).toEqual({ type: 'drained' })
  })

  test('a host that hangs cannot hold the app open for longer than its five seconds', async () => {
    const { shell, dataFolder } = await open()
    await connect(shell)
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
    expect(await connect(shell)).toBe('connected')
  })

  standInTest('the badge counts who needs the coach', async () => {
    const { shell } = await open()
    await connect(shell)
    await order(shell, 'say', { type: 'counts', counts: { needsMe: 3, unread: 9 } })
    const badge = () => shell.run(({ app }) => app.getBadgeCount(), null)
    expect(await until(badge, (count) => count === 3)).toBe(3)
  })

  standInTest('a notification says who needs the coach, and a click opens that conversation', async () => {
    const { shell } = await open()
    await connect(shell)
    const attention = { conversationId: 'c0nv_1', title: 'Sarah needs you', body: 'Reason: high-stakes decision.' }
    await order(shell, 'say', { type: 'attention', attention })
    const shown = () =>
      shell.run(({ Notification }) => {
        const list: { title: string; body: string; emit: (event: string) => void }[] = Reflect.get(
          Notification,
          'shown',
        )
        return list.map(({ title, body }) => ({ title, body }))
      }, null)
    const list = await until(shown, (all) => Array.isArray(all) && all.length === 1)
    expect(list).toEqual([{ title: attention.title, body: attention.body }])
    await shell.run(({ Notification }) => void Reflect.get(Notification, 'shown')[0].emit('click'), null)
    expect(await inPage(shell, () => location.hash, null)).toBe('#/inbox/c0nv_1')
    // The coach now looks at that conversation, so a second call makes no noise.
    await order(shell, 'say', { type: 'attention', attention })
    await echo(shell, 'after')
    expect(await shown()).toHaveLength(1)
  })
})

describe('the keychain', () => {
  const ask = async (shell: Shell, dataFolder: string, request: { operation: string; value?: string }, id: number) => {
    await order(shell, 'say', { type: 'keychain-request', id, ...request })
    const answers = await until(
      () => heard(dataFolder).filter((line) => line.type === 'keychain-answer' && line.id === id),
      (lines) => lines.length > 0,
    )
    return answers[0]
  }
  const secret = Buffer.from('a key of the house').toString('base64')

  test('wraps the key so that only the keychain opens it again', async () => {
    const { shell, dataFolder } = await open()
    await connect(shell)
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
    await connect(shell)
    await shell.run(({ safeStorage }) => {
      Object.assign(safeStorage, { getSelectedStorageBackend: () => 'basic_text' })
    }, null)
    expect(await ask(shell, dataFolder, { operation: 'isAvailable' }, 1)).toMatchObject({ available: false })
    expect(await ask(shell, dataFolder, { operation: 'wrap', value: secret }, 2)).toMatchObject({ failed: true })
  })

  standInTest('a system without a keychain is said to have none', async () => {
    const { shell, dataFolder } = await open()
    await connect(shell)
    await shell.run(({ safeStorage }) => {
      Object.assign(safeStorage, { isAsyncEncryptionAvailable: () => Promise.resolve(false) })
    }, null)
    expect(await ask(shell, dataFolder, { operation: 'isAvailable' }, 1)).toMatchObject({ available: false })
  })
})
