import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron'
import { ipcChannels } from '../shared/shellWindow.ts'
import { readArguments } from './arguments.ts'
import { createAttention } from './attention.ts'
import { serveConsole } from './consoleFiles.ts'
import { createConsoleWindow } from './consoleWindow.ts'
import { guardContents, guardSession } from './guards.ts'
import { type HostLauncher, launchHost } from './hostLauncher.ts'
import { createKeychain } from './keychain.ts'
import { menuTemplate } from './menu.ts'
import { isTrustedSender } from './policies/senders.ts'
import { windowPartition } from './policies/webPreferences.ts'
import { createStartAtLogin, loginArguments } from './startAtLogin.ts'
import { showInTray } from './tray.ts'

// Where that folder cannot be made, the host says so; the window still has to open to show it.
const keepShellDataIn = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    app.setPath('userData', folder)
  } catch {
    return
  }
}

const built = join(import.meta.dirname, '..')
const given = readArguments(process.argv, process.env, app.getPath('userData'))
const { dataFolder, shellFolder, demo } = given
keepShellDataIn(shellFolder)
app.setAppUserModelId('app.opencoach.console')
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])

const consoleWindow = createConsoleWindow({
  preload: join(built, 'electron/preload.cjs'),
  shellFolder,
  isPackaged: app.isPackaged,
})

const startHost = (): HostLauncher => {
  const keychain = createKeychain(safeStorage, process.platform)
  const attention = createAttention({
    app,
    Notification,
    isInView: consoleWindow.isInView,
    open: consoleWindow.showConversation,
    flash: consoleWindow.flash,
  })
  const tray = showInTray({
    createTray: (image) => new Tray(image),
    buildMenu: Menu.buildFromTemplate,
    createImage: nativeImage.createFromBitmap,
    platform: process.platform,
    open: consoleWindow.show,
    quit: () => app.quit(),
  })
  const host = launchHost({
    fork: () => utilityProcess.fork(join(built, 'host/utility.js'), [], { serviceName: 'OpenCoach host' }),
    start: { dataFolder, demo },
    onMessage: (message) => {
      if (message.type === 'counts') {
        attention.count(message.counts)
        tray.count(message.counts)
      } else if (message.type === 'attention') attention.notify(message.attention)
      else void keychain(message).then(host.answer)
    },
    onLost: consoleWindow.portLost,
    onGivenUp: (sentence) => void askWhatNow(sentence),
    now: () => performance.now(),
    after: (ms, action) => {
      const timer = setTimeout(action, ms)
      return () => clearTimeout(timer)
    },
  })
  const askWhatNow = async (sentence = 'OpenCoach stopped several times in a row. Nothing saved is lost.') => {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'OpenCoach cannot work right now',
      detail: sentence,
      buttons: ['Try again', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0) host.retry()
    else app.quit()
  }
  return host
}

const connectWindows = (host: HostLauncher): void => {
  ipcMain.on(ipcChannels.connect, ({ senderFrame, sender }) => {
    if (!isTrustedSender(senderFrame)) return
    host.whenReady(sender.id, () => {
      if (sender.isDestroyed()) return
      const { port1, port2 } = new MessageChannelMain()
      host.post({ type: 'connect' }, [port1])
      sender.postMessage(ipcChannels.port, null, [port2])
    })
  })
}

const offerStartAtLogin = (): void => {
  const login = createStartAtLogin({
    app,
    platform: process.platform,
    autostartFolder: join(app.getPath('appData'), 'autostart'),
    executable: process.env.APPIMAGE ?? process.execPath,
    args: loginArguments(app.isPackaged ? null : app.getAppPath(), given),
  })
  ipcMain.handle(ipcChannels.startsAtLogin, ({ senderFrame }) => isTrustedSender(senderFrame) && login.isOn())
  ipcMain.handle(ipcChannels.setStartAtLogin, ({ senderFrame }, isOn: unknown) => {
    if (isTrustedSender(senderFrame) && typeof isOn === 'boolean') login.set(isOn)
  })
}

const followThePower = (host: HostLauncher): void => {
  powerMonitor.on('suspend', () => host.post({ type: 'sleep' }))
  powerMonitor.on('resume', () => host.post({ type: 'wake' }))
  powerMonitor.on('shutdown', () => app.quit())
}

const stopWithTheApp = (host: HostLauncher): void => {
  let hasStopped = false
  app.on('will-quit', (event) => {
    if (hasStopped) return
    event.preventDefault()
    void host.stop().then(() => {
      hasStopped = true
      app.quit()
    })
  })
}

const open = async (): Promise<void> => {
  await app.whenReady()
  const windows = session.fromPartition(windowPartition)
  guardSession(windows, app.isPackaged)
  guardSession(session.defaultSession, app.isPackaged)
  windows.protocol.handle('app', serveConsole(join(built, 'renderer')))
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  const host = startHost()
  connectWindows(host)
  offerStartAtLogin()
  followThePower(host)
  stopWithTheApp(host)
  app.on('activate', () => consoleWindow.show())
  consoleWindow.show()
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => void app.whenReady().then(consoleWindow.show))
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, { dialog, shell, windowOf: BrowserWindow.fromWebContents }),
  )
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  void open()
} else {
  app.quit()
}
