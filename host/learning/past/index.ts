export { type PastCoachTurn, pastCoachTurns } from './coachTurns.ts'
export { createPast, type Past } from './room.ts'
