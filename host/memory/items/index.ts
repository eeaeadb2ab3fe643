export {
  dropEvidence,
  dropEvidenceOfItem,
  evidenceBetween,
  evidenceOfItem,
  plansToldBy,
  replaceEvidence,
  type Slot,
} from './evidenceStore.ts'
export type { Evidence } from './fold.ts'
export { refold } from './itemStore.ts'
export { coachMarksOn, itemTables } from './itemTables.ts'
