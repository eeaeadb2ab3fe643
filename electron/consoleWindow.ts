import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { consoleOrigin, conversationHash, ipcChannels } from '../shared/shellWindow.ts'
import { webPreferences } from './policies/webPreferences.ts'
import { openingPlace, readWindowState, saveWindowState, smallestWindow } from './windowState.ts'

const stateFile = 'window.json'
const soonestReloadMs = 10_000

interface WindowPlaces {
  /** The built preload script. */
  readonly preload: string
  /** Where the window's last place is kept. */
  readonly shellFolder: string
  readonly isPackaged: boolean
}

const keepPlace = (window: BrowserWindow, file: string): void => {
  window.on('close', () => {
    saveWindowState(file, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
}

// A page that crashes again at once is left as it is, instead of flickering for ever.
const reloadAfterCrash = (window: BrowserWindow): void => {
  let reloadedAt = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed() || performance.now() - reloadedAt < soonestReloadMs) return
    reloadedAt = performance.now()
    window.webContents.reload()
  })
}

/** The console's one window: opened when needed, brought to the front otherwise. */
export const createConsoleWindow = ({ preload, shellFolder, isPackaged }: WindowPlaces) => {
  let window: BrowserWindow | undefined

  const open = (hash = ''): BrowserWindow => {
    const file = join(shellFolder, stateFile)
    const saved = readWindowState(file)
    const place = openingPlace(
      saved,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    )
    const opened = new BrowserWindow({
      ...place,
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: 'OpenCoach',
      show: false,
      autoHideMenuBar: true,
      webPreferences: webPreferences(preload, process.platform, isPackaged),
    })
    window = opened
    keepPlace(opened, file)
    reloadAfterCrash(opened)
    opened.once('ready-to-show', () => {
      if (saved?.maximized) opened.maximize()
      opened.show()
    })
    opened.on('closed', () => {
      if (window === opened) window = undefined
    })
    // The page may be gone before it is loaded, when the coach quits at once.
    opened.loadURL(`${consoleOrigin}/${hash}`).catch(() => undefined)
    return opened
  }

  const show = (): BrowserWindow => {
    if (!window) return open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    return window
  }

  return {
    show,
    /** Brings the console to the front, at this conversation. */
    showConversation: (id: string): void => {
      const hash = conversationHash(id)
      if (!hash) return
      if (window) show().webContents.send(ipcChannels.openConversation, id)
      else open(hash)
    },
    /** Whether the coach looks at this conversation right now. */
    isInView: (id: string): boolean => {
      const hash = conversationHash(id)
      if (!hash || !window?.isFocused()) return false
      // The address may go on to say at which message.
      return new URL(window.webContents.getURL()).hash.split('?')[0] === hash
    },
    /** Asks for the coach's eye where the window is not looked at. */
    flash: (): void => {
      if (window && !window.isFocused()) window.flashFrame(true)
    },
    /** Tells the page that its port is dead. */
    portLost: (): void => window?.webContents.send(ipcChannels.portLost),
  }
}
