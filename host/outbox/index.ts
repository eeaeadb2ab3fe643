export { createDispatcher } from './dispatch.ts'
export { closeDrafts, discardQueued, enqueueOutgoing, hasNotice, hasQueuedNotice, isQueued } from './queue.ts'
export { settleTrouble } from './trouble.ts'
