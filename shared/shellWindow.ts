/** Names the shell, its preload and the console's page agree on. Kept free of zod: the preload bundles this file. */

export const consoleOrigin = 'app://console'

/** IPC channels between main process and preload. */
export const ipcChannels = {
  /** Page to main: the page wants a new port to the host. */
  connect: 'opencoach:connect',
  /** Main to page: carries the port. */
  port: 'opencoach:port',
  /** Main to page: the host is gone; a new port follows on the next `connect`. */
  portLost: 'opencoach:port-lost',
  /** Main to page: carries the id of a conversation to show. */
  openConversation: 'opencoach:open-conversation',
  /** Page to main, answered: whether the system starts the console at login. */
  startsAtLogin: 'opencoach:starts-at-login',
  /** Page to main, answered: carries whether it shall. */
  setStartAtLogin: 'opencoach:set-start-at-login',
} as const

/** `type` of what the preload posts to its own page with `window.postMessage`. */
export const windowMessages = {
  /** `event.ports[0]` is the port to the host; the page has to start it. */
  port: 'opencoach-port',
  /** The host crashed or stopped: the old port is dead, call `requestPort()` again. */
  portLost: 'opencoach-port-lost',
} as const

/** What the preload offers the page as `window.opencoach`; absent in a browser. */
export interface ShellApi {
  readonly shell: 'electron'
  /** Asks for a port to the host; it arrives as a window message, as soon as the host is ready. */
  requestPort(): void
  /** Whether the system starts the console when the coach logs in. */
  startsAtLogin(): Promise<boolean>
  /** Rejects where the system does not take it. */
  setStartAtLogin(isOn: boolean): Promise<void>
}

const conversationId = /^[A-Za-z0-9_-]{1,64}$/

/** The page's address of a conversation, or undefined for what cannot be an id. */
export const conversationHash = (id: unknown): `#/inbox/${string}` | undefined =>
  typeof id === 'string' && conversationId.test(id) ? `#/inbox/${id}` : undefined
