export { clientRoutes } from './clients.ts'
export { learningRoutes } from './learning.ts'
export { memoryRoutes } from './memory.ts'
export { checkInRoutes, timelineRoutes } from './timeline.ts'
