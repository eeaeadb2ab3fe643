export { refineJobs, wantRefinement } from './job.ts'
export { closeInterruptedRefinements, refinementCounts } from './refinementStore.ts'
