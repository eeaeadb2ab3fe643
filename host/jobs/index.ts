export { createJobRunner, enqueueJob, type Job, type JobHandlers } from './jobs.ts'
