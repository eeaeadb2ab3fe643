export { correctIntervention, markLearned, setInterventionActive } from './acts.ts'
export { type LearnedLine, learnedFor, type Proven, provenIn, usedOf } from './adaptation/index.ts'
export { adoptLearning, relearn, weighFollowThrough } from './adopt.ts'
export { editDistance } from './drafts/index.ts'
export {
  type Corrections,
  correctionsShape,
  learnJobs,
  noteReaction,
  wantAllLearning,
  wantProfile,
} from './interventions/index.ts'
export { behindLearning, exportLearning, learningOverview, listInterventions, readIntervention } from './page/index.ts'
export { createPast, type Past } from './past/index.ts'
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
