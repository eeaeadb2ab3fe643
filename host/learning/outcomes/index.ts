export { effectOf } from './effect.ts'
export { reactionJobs, readReactions, recomputeOutcomes, wantReactions } from './outcomes.ts'
export { noteLearnedGiven, noteLearnedUsed } from './uses.ts'
