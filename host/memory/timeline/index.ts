export { readTimeline } from './timeline.ts'
