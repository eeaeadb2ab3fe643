export { type Proven, provenIn, usedOf } from './followed.ts'
export { isFreshPhrase, type LearnedLine, learnedFor } from './lines.ts'
