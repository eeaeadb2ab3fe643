export { calibrateThreshold } from './centring.ts'
export { askInSlices, fillSpacesJob, wantVectors } from './job.ts'
export type { MomentEmbedding } from './moments.ts'
export { createSpaces, type SpaceKeys } from './spaces.ts'
