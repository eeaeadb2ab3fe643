export { type CaseDraft, caseDraft } from './caseDraft.ts'
