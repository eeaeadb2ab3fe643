export { changesBetween, type DraftChanges, type DraftTrait, draftTraits } from './changes.ts'
export { wordDiff } from './diff.ts'
export { editDistance } from './editDistance.ts'
