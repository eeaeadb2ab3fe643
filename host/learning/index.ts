export { type Calibration, calibrate, reliability, repliesBehind } from './calibration/index.ts'
export {
  type Compared,
  type Effect,
  effectOf,
  type LearnedItem,
  noteLearnedGiven,
  noteLearnedUsed,
  reactionJobs,
  readReactions,
  recomputeOutcomes,
  wantReactions,
} from './outcomes/index.ts'
