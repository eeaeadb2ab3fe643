export { fillSpacesJob, wantVectors } from './job.ts'
export { createSpaces, type SpaceKeys } from './spaces.ts'
