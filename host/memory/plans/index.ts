export { type DueCommitment, decideCheckIn, dueCommitments, waitingCheckIns } from './due.ts'
export { plansOf, setPlanState } from './planStore.ts'
