export { recallOf } from './recall.ts'
