export {
  dropEvidence,
  evidenceBetween,
  evidenceOfItem,
  lastPlaces,
  plansToldBy,
  replaceEvidence,
  type Slot,
} from './evidenceStore.ts'
export type { Evidence } from './fold.ts'
export { refold } from './itemStore.ts'
