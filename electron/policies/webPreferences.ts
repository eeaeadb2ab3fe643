import type { WebPreferences } from 'electron'

/** In memory only (no `persist:`): nothing a window shows or remembers reaches the disk unencrypted. */
export const windowPartition = 'opencoach'

/** How every window of the console is shut off from the system. */
export const webPreferences = (preload: string, platform: NodeJS.Platform, isPackaged: boolean) =>
  ({
    preload,
    partition: windowPartition,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    devTools: !isPackaged,
    // Elsewhere than on macOS the spell checker fetches dictionaries from the network.
    spellcheck: platform === 'darwin',
  }) satisfies WebPreferences
