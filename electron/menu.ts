import type { MenuItemConstructorOptions } from 'electron'

/** The application menu: standard roles only; reloading and developer tools never in a packaged app. */
export const menuTemplate = (platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] => {
  const isMac = platform === 'darwin'
  const forDevelopers: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: 'File', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...forDevelopers,
      ],
    },
    { role: 'windowMenu' },
  ]
}
