export { createPracticeChannel } from './practiceChannel.ts'
export { parseReplay } from './replay.ts'
export { createReplayChannel } from './replayChannel.ts'
