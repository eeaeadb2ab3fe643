export { clientRoutes } from './clients.ts'
export { memoryRoutes } from './memory.ts'
export { rulesRoutes } from './rules.ts'
export { checkInRoutes, timelineRoutes } from './timeline.ts'
