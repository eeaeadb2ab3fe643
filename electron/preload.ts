import { contextBridge, ipcRenderer } from 'electron'
import { conversationHash, ipcChannels, type ShellApi, windowMessages } from '../shared/shellWindow.ts'

// Everything the page can do outside its sandbox: ask for a port to the host, and have itself started at login.
contextBridge.exposeInMainWorld('opencoach', {
  shell: 'electron',
  requestPort: () => ipcRenderer.send(ipcChannels.connect),
  startsAtLogin: () => ipcRenderer.invoke(ipcChannels.startsAtLogin),
  setStartAtLogin: (isOn) => ipcRenderer.invoke(ipcChannels.setStartAtLogin, isOn),
} satisfies ShellApi)

ipcRenderer.on(ipcChannels.port, (event) => {
  window.postMessage({ type: windowMessages.port }, location.origin, [...event.ports])
})

ipcRenderer.on(ipcChannels.portLost, () => {
  window.postMessage({ type: windowMessages.portLost }, location.origin)
})

ipcRenderer.on(ipcChannels.openConversation, (_event, id: unknown) => {
  const hash = conversationHash(id)
  if (hash) location.hash = hash
})
