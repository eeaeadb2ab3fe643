export {
  dropEvidence,
  evidenceBetween,
  evidenceOfItem,
  evidenceOfMessage,
  replaceEvidence,
  replaceModelEvidence,
} from './evidenceStore.ts'
export type { Evidence } from './fold.ts'
export { isDecidedByCoach, refoldTouched } from './itemStore.ts'
