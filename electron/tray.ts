import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { Counts } from '../shared/shellProtocol.ts'
import { drawIcon, iconSize } from './trayIcon.ts'

interface TrayParts {
  readonly createTray: (image: NativeImage) => Tray
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu
  readonly createImage: (pixels: Buffer, options: { width: number; height: number; scaleFactor: number }) => NativeImage
  readonly platform: NodeJS.Platform
  readonly open: () => void
  readonly quit: () => void
}

/** "2 need you, 5 unread", or that nobody does. */
export const countWords = ({ needsMe, unread }: Counts): string => {
  const calls = needsMe === 1 ? '1 needs you' : `${needsMe} need you`
  return [needsMe > 0 ? calls : 'Nobody needs you', ...(unread > 0 ? [`${unread} unread`] : [])].join(', ')
}

/** The console in the system's bar, with the counts as they are; where the system has no bar, nothing. */
export const showInTray = ({ createTray, buildMenu, createImage, platform, open, quit }: TrayParts) => {
  const image = (isCalling: boolean) =>
    createImage(drawIcon(isCalling), {
      width: iconSize,
      height: iconSize,
      // Bars of Linux fit the picture to their own height.
      scaleFactor: platform === 'linux' ? 1 : 2,
    })
  const make = (): Tray | undefined => {
    try {
      return createTray(image(false))
    } catch {
      return undefined
    }
  }
  // Held here, or it is collected and vanishes from the bar.
  const tray = make()
  tray?.on('click', open)
  const count = (counts: Counts): void => {
    if (!tray) return
    const words = countWords(counts)
    tray.setImage(image(counts.needsMe > 0))
    tray.setToolTip(`OpenCoach: ${words}`)
    if (platform === 'darwin') tray.setTitle(counts.needsMe > 0 ? String(counts.needsMe) : '')
    tray.setContextMenu(
      buildMenu([
        { label: words, enabled: false },
        { label: 'Open OpenCoach', click: open },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    )
  }
  count({ needsMe: 0, unread: 0 })
  return { count }
}
