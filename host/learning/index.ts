export { learningOverview } from './page/overview.ts'
