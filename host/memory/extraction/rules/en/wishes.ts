import type { LearnedPreference, Rule } from '../rule.ts'
import { really, says, what } from './words.ts'

const partOfDay = (word: string): string | null => {
  const found = /morning|afternoon|evening|night|noon|lunch/u.exec(word)?.[0]
  return found === undefined ? null : found === 'noon' || found === 'lunch' ? 'midday' : found
}

const whatIsPreferred = (text: string): LearnedPreference | null => {
  const time = /^(?:the |early |late )?(?:morning|afternoon|evening|night)s?\b/u.test(text) ? partOfDay(text) : null
  if (time) return { category: 'timing', key: 'part_of_day', value: time }
  const length =
    /^(?:(?:your|the) )?(short|brief|long|detailed)(?:er)? (?:messages?|answers?|repl(?:y|ies)|texts?|notes?)/u.exec(
      text,
    )?.[1]
  if (length) return { category: 'communication_style', key: 'length', value: lengthOf(length) }
  const tone = /^(?:it |you )?(?:being |to be )?(direct|blunt|gentle|soft|honest|tough)\b/u.exec(text)?.[1]
  if (tone) return { category: 'coaching_tone', key: 'directness', value: toneOf(tone) }
  const channel =
    /^(?:to )?(text|texting|messages|messaging|writing|write|calls?|calling|talking|talk|voice notes?|phone|e-?mail)\b/u.exec(
      text,
    )?.[1]
  return channel ? { category: 'communication_style', key: 'channel', value: channelOf(channel) } : null
}

const lengthOf = (word: string): string => (/^(?:short|brief)/u.test(word) ? 'short' : 'long')
const toneOf = (word: string): string => (/^(?:gentle|soft|kind)/u.test(word) ? 'gentle' : 'direct')
const channelOf = (word: string): string =>
  /^(?:call|talk|phone)/u.test(word) ? 'call' : /voice/u.test(word) ? 'voice' : /mail/u.test(word) ? 'email' : 'text'

/** How the client wants to be spoken to, and of what not. */
export const wishes: readonly Rule[] = [
  // What the coach and the clone should keep off, before "I don't want to" is taken for a goal given up.
  {
    kind: 'avoid',
    pattern: says(
      `(?:please )?(?:don't|do not|never|let's not|stop|can we not) (?:bring(?:ing)? up|mention(?:ing)?|talk(?:ing)? about|ask(?:ing)? (?:me )?about|discuss(?:ing)?|remind(?:ing)? me (?:of|about)) ${what}`,
    ),
    refuses: /^(?:it|that|this|them|him|her)(?: \w+)?$/u,
    alsoInQuestions: true,
  },
  {
    kind: 'avoid',
    pattern: says(
      `(?:i'd rather not|i would rather not|i don't want to|i do not want to|i'd prefer not to) (?:talk about|discuss|go into|speak about|be asked about) ${what}`,
    ),
    refuses: /^(?:it|that|this)(?: \w+)?$/u,
  },
  // How the client wants to be spoken to.
  {
    kind: 'preference',
    pattern: says("(?:please )?(?:don't|do not|never|stop) call(?:ing)? me (?<name>\\p{L}[\\p{L}'-]+)"),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says(
      "(?:please |you can |just |i'd prefer (?:if|it if) you |i'd like you to |everyone |everybody |my friends )*call(?:s|ed)? me (?<name>\\p{L}[\\p{L}'-]+)(?! (?:back|later|when|if|at|on|an?)\\b)",
    ),
    needsName: true,
    preference: ({ name = '' }) => ({ category: 'communication_style', key: `name:${name}`, value: 'use' }),
  },
  {
    kind: 'preference',
    pattern: says(
      "(?:i'd|i would|i) (?:much |really |usually |generally )?prefer (?<what>(?!it if|not\\b|to say|one or|if\\b).+)",
    ),
    preference: ({ what: text = '' }) => whatIsPreferred(text),
  },
  {
    kind: 'preference',
    pattern: says(
      '(?<what>(?:the |early |late )?(?:morning|afternoon|evening|night)s?) (?:works?|are|is|suits?) (?:always |usually |much )?(?:best|better|me|good for me|ideal|easier)',
    ),
    keepsClause: true,
    preference: ({ what: text = '' }) => whatIsPreferred(text),
  },
  {
    kind: 'preference',
    pattern: says("i(?:'d| would) rather (?<what>(?:text|write|message|call|talk|speak)\\b.*)"),
    preference: ({ what: text = '' }) => ({ category: 'communication_style', key: 'channel', value: channelOf(text) }),
  },
  {
    kind: 'preference',
    pattern: says(
      '(?:please |(?:could|can|would) you (?:please |just )?|i (?:want|need) you to )?(?:be|stay) (?:more |very |really |a bit more )(?<tone>direct|blunt|honest|gentle|soft|kind|tough)\\b',
    ),
    alsoInQuestions: true,
    keepsClause: true,
    preference: ({ tone = '' }) => ({ category: 'coaching_tone', key: 'directness', value: toneOf(tone) }),
  },
  {
    kind: 'preference',
    pattern: says(
      "you (?:don't|do not) (?:have|need) to be so (?<tone>gentle|soft|kind|careful|nice|direct|blunt|harsh|tough)\\b",
    ),
    keepsClause: true,
    preference: ({ tone = '' }) => ({
      category: 'coaching_tone',
      key: 'directness',
      value: /^(?:gentle|soft|kind|careful|nice)/u.test(tone) ? 'direct' : 'gentle',
    }),
  },
  {
    kind: 'preference',
    pattern: says(
      '(?:please |(?:could|can) you (?:please )?)?keep (?:it|them|this|your (?:messages|answers|replies)|things) (?<length>short|brief|long|detailed)',
    ),
    alsoInQuestions: true,
    keepsClause: true,
    preference: ({ length = '' }) => ({ category: 'communication_style', key: 'length', value: lengthOf(length) }),
  },
  {
    kind: 'preference',
    pattern: says(
      "(?:please )?(?:don't|do not|never|stop) send(?:ing)? me (?:so many |any |those |these )?(?<what>[\\p{L} -]{3,40}?)(?: please)?$",
    ),
    keepsClause: true,
    preference: ({ what: text = '' }) => ({ category: 'communication_style', key: `send:${text}`, value: 'avoid' }),
  },
  {
    kind: 'preference',
    pattern: says(
      `i ${really}(?<verb>hate|detest|can't stand|cannot stand|dislike|despise) (?<what>(?!myself|my life|you\\b|it\\b|that\\b|this\\b|him\\b|her\\b|them\\b|how\\b|when\\b|me\\b|to (?:say|ask|admit)).+)`,
    ),
    keepsClause: true,
    valence: -0.6,
  },
  {
    kind: 'preference',
    pattern: says(
      `i ${really}(?<verb>love|adore|enjoy) (?<what>(?!you\\b|it\\b|that\\b|this\\b|him\\b|her\\b|them\\b|how\\b|when\\b|your\\b|my (?:wife|husband|kids|mum|mom|dad)).+)`,
    ),
    keepsClause: true,
    valence: 0.6,
  },
]
