export { timeIn } from './dates/index.ts'
export { expiresAt, fadedBelow, halfLifeDays, strengthAt } from './decay.ts'
export { type Finding, readStatement, refusalOf } from './extraction/index.ts'
export { evidenceOfItem } from './items/index.ts'
export { createMessageSearch, type MessageQuestion } from './messageSearch/search.ts'
export { patternsOf } from './patterns/index.ts'
export { rememberAll, rememberJobs, wantAllMemory, wantMemory } from './remember/job.ts'
export { recallOf } from './remember/recall.ts'
export { readSlice } from './remember/slice.ts'
export { activityOf, splitSessions } from './sessions/index.ts'
export {
  addNeverMention,
  bringBack,
  correctItem,
  type Doing,
  forgetItem,
  listEvidence,
  listGroup,
  listRollUps,
  listSessions,
  markItemSensitive,
  pinItem,
  removeNeverMention,
  searchItems,
  shownMemory,
} from './shown/index.ts'
