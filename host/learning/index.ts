export { correctIntervention, markLearned, setInterventionActive } from './acts.ts'
export { type LearnedLine, learnedFor, type Proven, provenIn, usedOf } from './adaptation/index.ts'
export { refoldApproaches } from './approaches/index.ts'
export { type CaseDraft, caseDraft } from './cases/index.ts'
export {
  type Corrections,
  correctionsShape,
  learnJobs,
  noteReaction,
  wantAllLearning,
  wantProfile,
} from './interventions/index.ts'
