export { createJobRunner, enqueueJob, type Job, type JobHandlers, type JobRunner } from './jobs.ts'
