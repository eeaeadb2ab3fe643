export { createDispatcher } from './dispatch.ts'
export { closeDrafts, discardQueued, enqueueOutgoing, hasNotice, hasQueuedNotice } from './queue.ts'
export { settleTrouble } from './trouble.ts'
