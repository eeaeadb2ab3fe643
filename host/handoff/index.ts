export { noticeText } from './notices.ts'
export { acknowledge, crisisEndedAt, handBack, handedBackAt, lastIntervention, takeOver } from './owner.ts'
export { decideHandoff } from './policy.ts'
export { openHandoffOf, raiseHandoff } from './raise.ts'
