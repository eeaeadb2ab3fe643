import type { BrowserWindow, Dialog, Session, Shell, WebContents } from 'electron'
import { isOwnDownload } from './policies/downloads.ts'
import { isConsolePage } from './policies/navigation.ts'
import { isPermitted } from './policies/permissions.ts'
import { isOwnResource } from './policies/requests.ts'
import { decideWindowOpen } from './policies/windowOpen.ts'

/** Puts the permission and request policies on the session all windows share. */
export const guardSession = (session: Session, isPackaged: boolean): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(isPermitted(permission, requestingUrl, isMainFrame)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isPermitted(permission, origin, isMainFrame),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwnResource(url, !isPackaged) }))
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL())) event.preventDefault()
  })
}

interface OfferParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly shell: Pick<Shell, 'openExternal'>
  readonly windowOf: (contents: WebContents) => BrowserWindow | null
}

/** Puts the navigation and window policies on one page, whatever opened it. */
export const guardContents = (contents: WebContents, { dialog, shell, windowOf }: OfferParts): void => {
  // An address can carry what stands on the screen, so the coach sees it before anything is opened.
  const offer = async (url: URL): Promise<void> => {
    const window = windowOf(contents)
    if (!window) return
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `Open ${url.hostname} in your browser?`,
      detail: url.href,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    })
    if (response === 0) await shell.openExternal(url.href)
  }
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isConsolePage(event.url)) event.preventDefault()
  })
  contents.on('will-navigate', (event) => {
    if (!isConsolePage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isConsolePage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const { response, offer: address } = decideWindowOpen(url)
    if (address) void offer(address)
    return response
  })
}
