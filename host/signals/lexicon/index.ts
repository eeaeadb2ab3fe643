import { german } from './de/index.ts'
import { english } from './en/index.ts'
import { spanish } from './es/index.ts'
import { french } from './fr/index.ts'
import type { Lexicon } from './lexicon.ts'
import { portuguese } from './pt/index.ts'

/** Every language that is read; each text is read in all of those that are spoken in it. */
export const lexicons: readonly Lexicon[] = [english, spanish, german, french, portuguese]
