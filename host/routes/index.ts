export { clientRoutes } from './clients.ts'
export { confidenceRoutes } from './confidence.ts'
export { memoryRoutes } from './memory.ts'
export { checkInRoutes, timelineRoutes } from './timeline.ts'
