export { correctIntervention, markLearned, setInterventionActive } from './acts.ts'
export { type LearnedLine, learnedFor, type Proven, provenIn, usedOf } from './adaptation/index.ts'
export { refoldApproaches } from './approaches/index.ts'
export { editDistance } from './drafts/index.ts'
export {
  type Corrections,
  correctionsShape,
  learnJobs,
  noteReaction,
  wantAllLearning,
  wantProfile,
} from './interventions/index.ts'
export {
  adoptRules,
  behindRule,
  concludeRules,
  type DraftDecision,
  decide as decideRule,
  forgetDraftDecision,
  listRules,
  momentOf,
  noteDraftDecision,
  readEarlierDecisions,
  rulesFor,
  teach,
  unteach,
} from './rules/index.ts'
