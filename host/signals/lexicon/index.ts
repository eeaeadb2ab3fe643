import { english } from './en/index.ts'
import type { Lexicon } from './lexicon.ts'

/** Every language that is read; each text is read in all of them. */
export const lexicons: readonly Lexicon[] = [english]
