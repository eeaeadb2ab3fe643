export { createPast, type Past, type PastCoachTurn, pastCoachTurns } from './past/index.ts'
