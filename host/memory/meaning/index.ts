export { meaningFollows, meaningJobs, sizeOfMeaning, wantMeaning } from './job.ts'
