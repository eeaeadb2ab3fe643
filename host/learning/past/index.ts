export { type PastCoachTurn, type PastWords, pastCoachTurns } from './coachTurns.ts'
export { createPast, type Past } from './room.ts'
