import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import type { MessagePort } from 'node:worker_threads'

type Listener = (event: object) => void

/** What a page may ask of the browser around it. */
export interface PageHost {
  readonly url: string
  readonly preload: string | undefined
  readonly sendIpc: (channel: string, args: readonly unknown[]) => void
  readonly askIpc: (channel: string, args: readonly unknown[]) => Promise<unknown>
  readonly navigate: (url: string) => void
  readonly openWindow: (url: string) => object | null
  readonly requestPermission: (name: string) => Promise<boolean>
  readonly checkPermission: (name: string) => boolean
  readonly fetch: (url: string) => Promise<Response>
}

/** A page in its sandbox: two worlds over one location, and no Node in either. */
export const createPage = (host: PageHost) => {
  const listeners = new Set<Listener>()
  const ipcListeners = new Map<string, Listener>()
  let url = new URL(host.url)
  const location = {
    get origin() {
      return `${url.protocol}//${url.host}`
    },
    get href() {
      return url.href
    },
    set href(next: string) {
      host.navigate(new URL(next, url).href)
    },
    get hash() {
      return url.hash
    },
    set hash(next: string) {
      url = new URL(next, url)
    },
  }
  const shared = {
    location,
    addEventListener: (_type: string, listener: Listener) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: Listener) => void listeners.delete(listener),
    setTimeout,
    clearTimeout,
    console,
  }
  const page = vm.createContext({
    ...shared,
    open: (next: string) => host.openWindow(new URL(next, url).href),
    fetch: (next: string) => host.fetch(new URL(next, url).href),
    Notification: {
      requestPermission: async () => ((await host.requestPermission('notifications')) ? 'granted' : 'denied'),
    },
    navigator: {
      permissions: {
        query: ({ name }: { name: string }) =>
          Promise.resolve({ state: host.checkPermission(name) ? 'granted' : 'denied' }),
      },
    },
  })
  page.window = page
  page.postMessage = (data: unknown, origin: string, ports: MessagePort[] = []) => {
    if (origin !== location.origin) return
    setImmediate(() => {
      for (const listener of [...listeners]) listener({ data, ports, origin, source: page })
    })
  }

  if (host.preload) {
    const offered = {
      contextBridge: { exposeInMainWorld: (name: string, api: object) => Object.assign(page, { [name]: api }) },
      ipcRenderer: {
        send: (channel: string, ...args: unknown[]) => host.sendIpc(channel, args),
        invoke: (channel: string, ...args: unknown[]) => host.askIpc(channel, args),
        on: (channel: string, listener: Listener) => void ipcListeners.set(channel, listener),
      },
    }
    const isolated = vm.createContext({
      ...shared,
      exports: {},
      module: { exports: {} },
      require: (name: string) => {
        if (name === 'electron') return offered
        throw new Error(`A sandboxed preload cannot require ${name}.`)
      },
      window: { postMessage: page.postMessage },
    })
    vm.runInContext(readFileSync(host.preload, 'utf8'), isolated, { filename: host.preload })
  }

  return {
    url: () => url.href,
    run: (source: string): unknown => vm.runInContext(source, page),
    receive: (channel: string, args: readonly unknown[], ports: readonly MessagePort[]): void => {
      const listener: ((event: object, ...args: unknown[]) => void) | undefined = ipcListeners.get(channel)
      listener?.({ ports }, ...args)
    },
  }
}

export type FakePage = ReturnType<typeof createPage>
