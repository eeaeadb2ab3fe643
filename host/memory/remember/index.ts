export { wantAllMemory } from './job.ts'
export { changesAfter, lastChange, messageOf, messagesAfter, progressOf, type ReadMessage } from './progressStore.ts'
export { recallOf } from './recall.ts'
export { readSlice, zoneOf } from './slice.ts'
