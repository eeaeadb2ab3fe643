export {
  dropEvidence,
  dropEvidenceOfItem,
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
export { coachMarksOn, countItems, itemTables } from './itemTables.ts'
