export { createDispatcher } from './dispatch.ts'
export { discardQueued, enqueueOutgoing, hasNotice, hasQueuedNotice } from './queue.ts'
export { settleTrouble } from './trouble.ts'
