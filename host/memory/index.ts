export { adoptMemory } from './adopt.ts'
export {
  assembleMemory,
  type FoundMessage,
  type MemoryForReply,
  memoryTexts,
  reinforceEpisodes,
  speaksOf,
} from './context/index.ts'
export { momentOf, timeIn, wallTimeAt } from './dates/index.ts'
export { expiresAt, fadedBelow, halfLifeDays, strengthAt } from './decay.ts'
export { type Finding, readStatement, refusalOf } from './extraction/index.ts'
export { foldAccents } from './fold.ts'
export { countItems, evidenceOfItem } from './items/index.ts'
export { meaningFollows, meaningJobs, sizeOfMeaning, wantMeaning } from './meaning/index.ts'
export { createMessageSearch, type MessageQuestion } from './messageSearch/search.ts'
export { isWakingHour, patternsOf } from './patterns/index.ts'
export {
  commitmentsKept,
  type DueCommitment,
  decideCheckIn,
  dueCommitments,
  plansOf,
  setPlanState,
  waitingCheckIns,
} from './plans/index.ts'
export { closeInterruptedRefinements, refineJobs, refinementCounts, wantRefinement } from './refine/index.ts'
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
export { readTimeline } from './timeline/index.ts'
export { holdsNoneOf, mentionableTo } from './wishes.ts'
export { contentWords, stemsOf } from './words.ts'
export { zoneOfClient } from './zone.ts'
