export { countCannedUse, listCanned, removeCanned, saveCanned } from './canned.ts'
export { addNote, listNotes, removeNote, updateNote } from './notes.ts'
