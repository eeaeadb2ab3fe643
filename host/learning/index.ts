export { createPast, type Past, type PastCoachTurn, type PastWords, pastCoachTurns } from './past/index.ts'
