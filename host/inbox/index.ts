export { markRead, markUnread, recordReceipt, saveComposer, sendAsCoach } from './act.ts'
export { countConversations, listConversations, readConversation, readThread } from './read.ts'
export { type FileRows, receiveMessage, saveCursor } from './receive.ts'
