import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connectToHost, echo, heard, order, prepareScriptedShells } from './scripted.ts'
import { inPage, isReal, type Shell, until } from './shell.ts'

// The built main process and preload. What cannot be provoked in real Electron from outside runs in the stand-in only.
const standInTest = test.skipIf(isReal)
const { app, open } = prepareScriptedShells()

describe('the page and the host', () => {
  test('the page gets a port to the host, and nothing else of Electron or Node', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
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
    expect(world).toEqual({ bridge: ['requestPort', 'setStartAtLogin', 'shell', 'startsAtLogin'], others: [] })
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
    await connectToHost(shell)
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
    await connectToHost(shell)
    expect(await echo(shell, 'back again')).toBe('back again')
    expect(heard(dataFolder).filter(({ type }) => type === 'start')).toHaveLength(2)
  })

  test('a message of the host that is not in the protocol changes nothing', async () => {
    const { shell } = await open()
    await connectToHost(shell)
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
      join(app.folder, 'dist/electron/preload.cjs'),
    )
    await connectToHost(shell)
    expect(heard(dataFolder).filter(({ type }) => type === 'connect')).toHaveLength(1)
  })

  standInTest('a message from a frame inside the console gets no port', async () => {
    const { shell, dataFolder } = await open()
    await connectToHost(shell)
    await shell.run(({ BrowserWindow, ipcMain }) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents
      const inner = { url: 'app://console/', parent: { url: 'app://console/' } }
      ipcMain.emit('opencoach:connect', { sender, senderFrame: inner })
      ipcMain.emit('opencoach:connect', { sender, senderFrame: null })
    }, null)
    await echo(shell, 'later')
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
