export { behindLearning } from './behind.ts'
export { exportLearning } from './export.ts'
export { listInterventions, readIntervention } from './interventions.ts'
export { learningOverview } from './overview.ts'
