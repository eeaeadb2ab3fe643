export { wantAllMemory } from './job.ts'
export { recallOf, strengthNow } from './recall.ts'
export { readSlice } from './slice.ts'
