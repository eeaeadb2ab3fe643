export { createPracticeChannel, type PracticeOptions } from './practiceChannel.ts'
export { parseReplay, type Replay } from './replay.ts'
export { createReplayChannel, type ReplayOptions } from './replayChannel.ts'
