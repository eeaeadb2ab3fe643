export { readable } from './clauses.ts'
export {
  type EvidenceDetail,
  evidenceDetail,
  type Finding,
  type FindingKind,
  type FindingRefusal,
  itemKeyOf,
  refusalOf,
  slotOf,
} from './findings.ts'
export { layerOf, readStatement, valenceOf } from './read.ts'
