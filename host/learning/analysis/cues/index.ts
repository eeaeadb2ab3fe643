import { languageOf } from '../../../signals/index.ts'
import { compilePhrases, type PhraseMatcher } from '../phrases.ts'
import { type Cue, cueNames, type Wordings } from './cues.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { portuguese } from './pt.ts'

export type { Cue } from './cues.ts'

/** What to listen for in a language. */
export interface Listener {
  readonly hears: Readonly<Record<Cue, PhraseMatcher>>
}

const listenerFor = (wordings: Wordings): Listener => ({
  hears: Object.fromEntries(cueNames.map((cue) => [cue, compilePhrases(wordings[cue])])) as Record<Cue, PhraseMatcher>,
})

const inEnglish = listenerFor(english)
const listeners: Readonly<Record<ReturnType<typeof languageOf>, Listener>> = {
  en: inEnglish,
  es: listenerFor(spanish),
  de: listenerFor(german),
  fr: listenerFor(french),
  pt: listenerFor(portuguese),
  unknown: inEnglish,
}

const fewWords = 5

/** Listens in the language of the text, or with what the client said before where the text is too short to tell. */
export const listenerOf = (text: string, said: string): Listener => {
  const head = text.slice(0, 4_000)
  const own = languageOf(head)
  const isShort = head.trim().split(/\s+/, fewWords).length < fewWords
  return listeners[own !== 'unknown' && !isShort ? own : languageOf(`${said.slice(-400)}\n${head}`)]
}
