export { createJobRunner, enqueueJob, forgetEndedJobs, type Job, type JobHandlers } from './jobs.ts'
