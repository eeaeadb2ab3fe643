export { refreshPatterns } from './patternStore.ts'
export { isWakingHour, patternsOf } from './patterns.ts'
