export { clientRoutes } from './clients.ts'
export { memoryRoutes } from './memory.ts'
export { pastRoutes } from './past.ts'
export { checkInRoutes, timelineRoutes } from './timeline.ts'
