export {
  dropEvidence,
  evidenceBetween,
  evidenceOfItem,
  evidenceOfMessage,
  lastPlaces,
  plansToldBy,
  replaceEvidence,
  replaceModelEvidence,
} from './evidenceStore.ts'
export type { Evidence } from './fold.ts'
export { isDecidedByCoach, refold, refoldTouched } from './itemStore.ts'
