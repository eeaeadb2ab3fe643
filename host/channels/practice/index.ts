export { createPracticeChannel, type PracticeOptions } from './practiceChannel.ts'
export { type Replay, parseReplay } from './replay.ts'
export { createReplayChannel, type ReplayOptions } from './replayChannel.ts'
