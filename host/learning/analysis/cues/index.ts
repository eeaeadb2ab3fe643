import { languageOf } from '../../../signals/index.ts'
import { compilePhrases, type PhraseMatcher } from '../phrases.ts'
import { type Cue, cueNames, type Wordings } from './cues.ts'
import { english } from './en.ts'

export type { Cue } from './cues.ts'

/** What to listen for in a language. */
export interface Listener {
  readonly hears: Readonly<Record<Cue, PhraseMatcher>>
}

const listenerFor = (wordings: Wordings): Listener => ({
  hears: Object.fromEntries(cueNames.map((cue) => [cue, compilePhrases(wordings[cue])])) as Record<Cue, PhraseMatcher>,
})

const listeners: Partial<Record<ReturnType<typeof languageOf>, Listener>> = { en: listenerFor(english) }
const otherwise = listenerFor(english)

/** Listens in the language of the text, or of what was said before where the text is too short to tell. */
export const listenerOf = (text: string, before: string): Listener => {
  const language = languageOf(text.length < 40 ? `${before.slice(-400)}\n${text}` : text.slice(0, 4_000))
  return listeners[language] ?? otherwise
}
