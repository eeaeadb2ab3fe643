import { create } from 'zustand'
import { host } from '../../transport/console.ts'

/** Notes that are being written and not added yet, by client: kept while other clients are read. */
const useUnsaved = create<Readonly<Record<string, string>>>(() => ({}))

export const useUnsavedNote = (clientId: string): string => useUnsaved((all) => all[clientId] ?? '')

/** Every note begun, by client. */
export const useUnsavedNotes = (): Readonly<Record<string, string>> => useUnsaved()

export const writeUnsavedNote = (clientId: string, text: string) => useUnsaved.setState({ [clientId]: text })

// Where there is no time left to ask, a note half written is better kept than lost.
window.addEventListener('pagehide', () => {
  for (const [clientId, text] of Object.entries(useUnsaved.getState())) {
    if (text.trim() !== '') host.notes.add({ clientId, text }).catch(() => undefined)
    writeUnsavedNote(clientId, '')
  }
})
