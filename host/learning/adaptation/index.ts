export { type Proven, provenIn, usedOf } from './followed.ts'
export { type LearnedLine, learnedFor } from './lines.ts'
