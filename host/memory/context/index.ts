export { assembleMemory, type MemoryForReply } from './assemble.ts'
export type { FoundMessage } from './candidates.ts'
export { reinforceEpisodes, speaksOf } from './reinforce.ts'
export { memoryTexts } from './texts.ts'
