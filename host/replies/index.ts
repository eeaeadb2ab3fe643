export { isBudgetUsed } from './budget.ts'
export { discardDraft, openDraft, regenerate, restoreDraft, sendDraft } from './drafts.ts'
export { explain } from './explain.ts'
export { createReplyMaker } from './generate.ts'
export {
  answerWhatIsOpen,
  answerWhatStands,
  isLeftToCoach,
  resumeWaiting,
  rethinkAfterNewDefault,
  rethinkQueued,
} from './open.ts'
export { screenReply } from './prompt/index.ts'
export { quietEndsAt } from './quiet.ts'
export { replyState } from './state.ts'
export { settleAsCoach } from './trouble.ts'
export { noteReplyUse } from './use.ts'
