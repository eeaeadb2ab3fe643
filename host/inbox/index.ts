export { markRead, markUnread, recordReceipt, saveComposer, sendAsCoach } from './act.ts'
export { countConversations, listConversations, readConversation, readThread } from './read.ts'
export { receiveMessage, saveCursor } from './receive.ts'
