export { ownerChangesIn } from './changes.ts'
export { isUnansweredCrisis } from './crisisAnswer.ts'
export { noticeText } from './notices.ts'
export {
  acknowledge,
  crisisEndedAt,
  type HandoffRecord,
  handBack,
  handedBackAt,
  lastIntervention,
  returnToClone,
  takeOver,
} from './owner.ts'
export {
  decideHandoff,
  type HandoffDecision,
  type HandoffThresholds,
  handoffThresholds,
  thresholdsFrom,
} from './policy.ts'
export { alertAgain, openHandoffOf, raiseHandoff } from './raise.ts'
export { regionOfTimeZone, resourcesOf } from './resources.ts'
export { askOrEndAfterSilence, watchForSilence } from './silence.ts'
