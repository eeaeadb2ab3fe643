export { refineLearningJobs, wantLearningRefinement } from './job.ts'
export { closeInterruptedLearning } from './refinementStore.ts'
