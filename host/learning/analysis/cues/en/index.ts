import type { Wordings } from '../cues.ts'
import { frame } from './frame.ts'
import { manner } from './manner.ts'
import { moves } from './moves.ts'

export const english: Wordings = { ...frame, ...moves, ...manner }
