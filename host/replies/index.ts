export { discardDraft, openDraft, sendDraft } from './drafts.ts'
export { explain } from './explain.ts'
export { createReplyMaker } from './generate.ts'
export { answerAfterHandBack, replyState } from './state.ts'
