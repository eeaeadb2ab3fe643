export {
  dropEvidence,
  evidenceBetween,
  evidenceOfItem,
  evidenceOfMessage,
  lastPlaces,
  plansToldBy,
  replaceEvidence,
  replaceModelEvidence,
  type Slot,
} from './evidenceStore.ts'
export type { Evidence } from './fold.ts'
export { isDecidedByCoach, refold, refoldTouched } from './itemStore.ts'
