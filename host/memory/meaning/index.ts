export { cosineWith, stepsFrom, toSteps } from './figures.ts'
export { meaningFollows, meaningJobs, sizeOfMeaning, wantMeaning } from './job.ts'
