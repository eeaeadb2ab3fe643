export { refreshPatterns } from './patternStore.ts'
export { patternsOf } from './patterns.ts'
