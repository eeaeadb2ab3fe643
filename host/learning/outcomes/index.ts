export { type Compared, type Effect, effectOf } from './effect.ts'
export { reactionJobs, readReactions, recomputeOutcomes, wantReactions } from './outcomes.ts'
export { type LearnedItem, noteLearnedGiven, noteLearnedUsed } from './uses.ts'
