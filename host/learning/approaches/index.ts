export { approachId, refoldApproaches } from './approachStore.ts'
export { intervalOf, meanOf, posteriorOf, type Weight, weightOfIntervention } from './posterior.ts'
