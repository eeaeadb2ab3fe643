export { assembleMemory, type MemoryForReply, type MemoryQuestion } from './assemble.ts'
export type { FoundMessage, Section } from './candidates.ts'
export { reinforceEpisodes, speaksOf } from './reinforce.ts'
export { memoryTexts } from './texts.ts'
