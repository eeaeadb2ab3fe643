export { type EvidenceDetail, evidenceDetail, type Finding, itemKeyOf, refusalOf, slotOf } from './findings.ts'
export { readStatement } from './read.ts'
