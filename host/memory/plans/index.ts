export { type DueCommitment, decideCheckIn, dueCommitments, waitingCheckIns } from './due.ts'
export { commitmentsKept } from './kept.ts'
export { plansOf, setPlanState } from './planStore.ts'
