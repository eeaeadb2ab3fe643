export { memoryRoutes } from './memory.ts'
