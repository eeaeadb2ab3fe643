export { createDispatcher, type Dispatcher } from './dispatch.ts'
export { discardQueued, enqueueOutgoing, hasNotice, hasQueuedNotice, type Outgoing } from './queue.ts'
export { settleTrouble } from './trouble.ts'
