import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import type * as Electron from 'electron'
import { createPage, type FakePage } from './electronPage.ts'
import { FakeMessageChannelMain, type FakePortMain } from './electronPorts.ts'

// An in-memory `electron` for the built main process. Every part is typed by electron.d.ts, so that it cannot drift.

/** E where T has such an event, else never: a wrong event name does not compile. */
type EventOf<T, E extends string> = T extends { on(event: E, listener: never): unknown } ? E : never

const fire =
  <T>() =>
  <E extends string>(target: EventEmitter, event: EventOf<T, E>, ...args: unknown[]): boolean =>
    target.emit(event, ...args)
const fireApp = fire<Electron.App>()
const fireWindow = fire<Electron.BrowserWindow>()
const fireContents = fire<Electron.WebContents>()

const preventable = <T extends object>(fields: T) => {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

// ── app ──
const ownFolder = join(tmpdir(), `opencoach-stand-in-${process.pid}`)
const paths = new Map([
  ['userData', ownFolder],
  ['appData', join(ownFolder, 'config')],
])
let badge = 0
let opensAtLogin = false
let isReady = false
const ready = new Promise<void>((resolve) => {
  setTimeout(() => {
    isReady = true
    resolve()
  }, 20)
})
const lockFile = () => join(paths.get('userData') ?? '', 'SingletonLock')
let ownsLock = false

const leave = (): void => {
  if (ownsLock) rmSync(lockFile(), { force: true })
  process.exit(0)
}

const appMembers = {
  isPackaged: process.env.OPENCOACH_STAND_IN_PACKAGED === '1',
  getPath: (name) => paths.get(name) ?? tmpdir(),
  setPath: (name, path) => {
    if (!existsSync(path)) throw new Error(`Failed to set path ${path}`)
    paths.set(name, path)
  },
  setAppUserModelId: () => undefined,
  whenReady: () => ready,
  isReady: () => isReady,
  getBadgeCount: () => badge,
  setBadgeCount: (count = 0) => {
    badge = count
    return true
  },
  requestSingleInstanceLock: () => {
    mkdirSync(paths.get('userData') ?? '', { recursive: true })
    try {
      writeFileSync(lockFile(), String(process.pid), { flag: 'wx' })
      ownsLock = true
    } catch {
      ownsLock = false
    }
    return ownsLock
  },
  getAppPath: () => join(import.meta.dirname, '../..'),
  getLoginItemSettings: () => ({
    openAtLogin: opensAtLogin,
    wasOpenedAtLogin: false,
    status: opensAtLogin ? 'enabled' : 'not-registered',
    executableWillLaunchAtLogin: opensAtLogin,
    launchItems: [],
  }),
  setLoginItemSettings: ({ openAtLogin = false }) => {
    opensAtLogin = openAtLogin
  },
  quit: () => {
    for (const window of [...windows]) window.close()
    const event = preventable({})
    fireApp(app, 'will-quit', event)
    if (!event.defaultPrevented) leave()
  },
} satisfies Partial<Electron.App>
export const app = Object.assign(new EventEmitter(), appMembers)
process.on('SIGTERM', () => app.quit())

// ── sessions and the custom protocol ──
type Permission = Parameters<NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>>[1]
const privileged = new Set<string>()

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme } of schemes) privileged.add(scheme)
  },
} satisfies Partial<Electron.Protocol>

type OnRequest = (details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void

const createSession = () => {
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  const policies: {
    request?: (contents: object, permission: Permission, answer: (granted: boolean) => void, details: object) => void
    check?: (contents: object | null, permission: Permission, origin: string, details: object) => boolean
    device?: () => boolean
    beforeRequest?: OnRequest
  } = {}
  const isCancelled = (url: string) =>
    new Promise<boolean>((resolve) => {
      if (policies.beforeRequest) policies.beforeRequest({ url }, ({ cancel }) => resolve(Boolean(cancel)))
      else resolve(false)
    })
  const fetchFrom = async (url: string, init?: RequestInit): Promise<Response> => {
    if (await isCancelled(url)) throw new Error('net::ERR_BLOCKED_BY_CLIENT')
    const scheme = new URL(url).protocol.slice(0, -1)
    const handler = privileged.has(scheme) ? handlers.get(scheme) : undefined
    return handler ? handler(new Request(url, init)) : new Response('the network', { status: 200 })
  }
  return Object.assign(new EventEmitter(), {
    policies,
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
        void handlers.set(scheme, handler),
    },
    webRequest: {
      onBeforeRequest: (listener: OnRequest) => {
        policies.beforeRequest = listener
      },
    },
    setPermissionRequestHandler: (handler: NonNullable<typeof policies.request>) => {
      policies.request = handler
    },
    setPermissionCheckHandler: (handler: NonNullable<typeof policies.check>) => {
      policies.check = handler
    },
    setDevicePermissionHandler: (handler: NonNullable<typeof policies.device>) => {
      policies.device = handler
    },
    fetch: fetchFrom,
  })
}
const sessions = new Map<string, ReturnType<typeof createSession>>()
const sessionOf = (partition = '') => {
  const known = sessions.get(partition) ?? createSession()
  sessions.set(partition, known)
  return known
}
export const session = { fromPartition: sessionOf, defaultSession: sessionOf() } satisfies Partial<
  Record<keyof typeof Electron.session, unknown>
>

// ── messages between page and main ──
type Handler = (event: object, ...args: unknown[]) => unknown
const handlers = new Map<string, Handler>()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
})

// ── windows ──
const windows = new Set<BrowserWindow>()
let lastContentsId = 0

class FakeWebContents extends EventEmitter {
  readonly id = ++lastContentsId
  readonly preferences: Electron.WebPreferences
  page: FakePage | undefined
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  isGone = false
  constructor(preferences: Electron.WebPreferences) {
    super()
    this.preferences = preferences
  }
  getLastWebPreferences = () => this.preferences
  get session() {
    return { isPersistent: () => this.preferences.partition?.startsWith('persist:') ?? true }
  }
  getURL = () => this.page?.url() ?? ''
  isDestroyed = () => this.isGone
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => {
    this.openHandler = handler
  }
  send = (channel: string, ...args: unknown[]) => this.page?.receive(channel, args, [])
  postMessage = (channel: string, message: unknown, transfer: FakePortMain[] = []) =>
    this.page?.receive(
      channel,
      [message],
      transfer.map(({ raw }) => raw),
    )
  executeJavaScript = async (source: string): Promise<unknown> => this.page?.run(source)
  reload = () => this.load(this.getURL())
  ipcEvent = () => ({ sender: this, senderFrame: { url: this.getURL(), parent: null } })
  load = async (url: string): Promise<void> => {
    const ses = sessionOf(this.preferences.partition)
    if (url.startsWith('app:') && !(await ses.fetch(url)).ok) throw new Error(`ERR_FAILED loading ${url}`)
    const details = () => ({ isMainFrame: true, requestingUrl: this.getURL() })
    this.page = createPage({
      url,
      preload: this.preferences.preload,
      sendIpc: (channel, args) => void ipcMain.emit(channel, this.ipcEvent(), ...args),
      askIpc: async (channel, args) => handlers.get(channel)?.(this.ipcEvent(), ...args),
      navigate: (next) => {
        const event = preventable({ url: next, isMainFrame: true, isSameDocument: false })
        fireContents(this, 'will-frame-navigate', event)
        fireContents(this, 'will-navigate', event)
        if (!event.defaultPrevented) void this.load(next)
      },
      openWindow: (next) => (this.openHandler?.({ url: next }).action === 'deny' ? null : {}),
      requestPermission: (name) =>
        new Promise((answer) => {
          if (ses.policies.request) ses.policies.request(this, permissionNamed(name), answer, details())
          else answer(true)
        }),
      checkPermission: (name) => ses.policies.check?.(this, permissionNamed(name), this.getURL(), details()) ?? true,
      fetch: ses.fetch,
    })
  }
}

const permissionNamed = (name: string): Permission => {
  const known = ['notifications', 'geolocation', 'media', 'clipboard-sanitized-write'] satisfies Permission[]
  return known.find((permission) => permission === name) ?? 'unknown'
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows]
  static fromWebContents = (contents: object) => [...windows].find((window) => window.webContents === contents) ?? null
  readonly webContents: FakeWebContents
  #bounds: Electron.Rectangle
  #state = { visible: false, minimized: false, maximized: false, focused: false, destroyed: false, flashing: false }
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new FakeWebContents(options.webPreferences ?? {})
    windows.add(this)
    fireApp(app, 'web-contents-created', {}, this.webContents)
  }
  loadURL = async (url: string): Promise<void> => {
    await this.webContents.load(url)
    fireWindow(this, 'ready-to-show')
  }
  getBounds = () => this.#bounds
  getNormalBounds = () => this.#bounds
  setBounds = (bounds: Partial<Electron.Rectangle>) => {
    this.#bounds = { ...this.#bounds, ...bounds }
  }
  isMinimized = () => this.#state.minimized
  minimize = () => Object.assign(this.#state, { minimized: true, focused: false })
  restore = () => Object.assign(this.#state, { minimized: false })
  isMaximized = () => this.#state.maximized
  maximize = () => Object.assign(this.#state, { maximized: true })
  isVisible = () => this.#state.visible
  show = () => Object.assign(this.#state, { visible: true })
  focus = () => Object.assign(this.#state, { focused: true })
  isFocused = () => this.#state.focused
  flashFrame = (flashing: boolean) => void Object.assign(this.#state, { flashing })
  isFlashing = () => this.#state.flashing
  isDestroyed = () => this.#state.destroyed
  close = () => {
    fireWindow(this, 'close', preventable({}))
    this.#state.destroyed = true
    this.webContents.isGone = true
    windows.delete(this)
    fireWindow(this, 'closed')
    if (windows.size === 0) fireApp(app, 'window-all-closed')
  }
}

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
export const screen = { getAllDisplays: () => [display] } satisfies Partial<Record<keyof Electron.Screen, unknown>>

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ items: template }),
  applicationMenu: undefined as object | undefined,
  setApplicationMenu: (menu: object) => {
    Menu.applicationMenu = menu
  },
  getApplicationMenu: () => Menu.applicationMenu ?? null,
}

// ── the system around it ──
export const powerMonitor = new EventEmitter()
export const shell = { openExternal: () => Promise.resolve() } satisfies Partial<Electron.Shell>
export const dialog = {
  showMessageBox: () => Promise.resolve({ response: 1, checkboxChecked: false }),
} satisfies Partial<Electron.Dialog>

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = []
  static isSupported = () => true
  readonly title: string
  readonly body: string
  readonly options: Electron.NotificationConstructorOptions
  isClosed = false
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.options = options
  }
  show = () => void Notification.shown.push(this)
  close = () => {
    this.isClosed = true
    this.emit('close')
  }
}

interface FakeImage {
  readonly pixels: Buffer
  readonly width: number
}
export const nativeImage = {
  createFromBitmap: (pixels: Buffer, { width }: Electron.CreateFromBitmapOptions): FakeImage => ({ pixels, width }),
} satisfies Partial<Record<keyof typeof Electron.nativeImage, unknown>>

export class Tray extends EventEmitter {
  static readonly all: Tray[] = []
  image: FakeImage
  toolTip = ''
  items: Electron.MenuItemConstructorOptions[] = []
  constructor(image: FakeImage) {
    super()
    this.image = image
    Tray.all.push(this)
  }
  setImage = (image: FakeImage) => {
    this.image = image
  }
  setToolTip = (toolTip: string) => {
    this.toolTip = toolTip
  }
  setTitle = () => undefined
  setContextMenu = (menu: { items: Electron.MenuItemConstructorOptions[] }) => {
    this.items = menu.items
  }
}

const keyMark = 'kept by the system:'
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(`${keyMark}${text}`)),
  decryptStringAsync: (wrapped) => {
    const text = wrapped.toString()
    if (!text.startsWith(keyMark)) return Promise.reject(new Error('Error while decrypting the ciphertext'))
    return Promise.resolve({ result: text.slice(keyMark.length), shouldReEncrypt: false })
  },
} satisfies Partial<Electron.SafeStorage>

// ── the host's process ──
class FakeUtilityProcess extends EventEmitter {
  #worker: Worker
  constructor(modulePath: string) {
    super()
    this.#worker = new Worker(new URL('../electron/standIn/utilityThread.ts', import.meta.url), {
      workerData: { modulePath },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    this.#worker.on('message', (message: unknown) => this.emit('message', message))
    this.#worker.on('error', (error: unknown) => console.error(error))
    this.#worker.on('exit', (code) => this.emit('exit', code))
  }
  postMessage = (message: unknown, transfer: FakePortMain[] = []) => {
    const ports: MessagePort[] = transfer.map(({ raw }) => raw)
    this.#worker.postMessage({ message, ports }, ports)
  }
  kill = () => {
    void this.#worker.terminate()
    return true
  }
}
export const utilityProcess = {
  fork: (modulePath: string) => {
    if (!isReady) throw new Error('utilityProcess cannot be created before app is ready')
    readFileSync(modulePath)
    return new FakeUtilityProcess(modulePath)
  },
} satisfies Partial<Record<keyof typeof Electron.utilityProcess, unknown>>

export { FakeMessageChannelMain as MessageChannelMain }
