export { type Corrections, correctionsShape, keepCorrections, setActive } from './corrections.ts'
export type { Analysis } from './interventionStore.ts'
export { learnFromConversation, learnJobs, noteReaction, wantAllLearning, wantProfile } from './job.ts'
export { learnAgain } from './learn.ts'
