import type { Technique } from '../../../shared/taxonomy/learning.ts'
import type { Listener } from './cues/index.ts'
import type { Sentence } from './sentences.ts'

export type Weights = Partial<Record<Technique, number>>

/** Weighs what a sentence does; `echo` is the share of its words of content that the client has just used. */
export const weighSentence = (sentence: Sentence, listener: Listener, echo: number): Weights => {
  const { hears } = listener
  const { core, line, isAsked } = sentence
  if (core.length === 0 || isFiller(sentence, listener)) return { other: 0.6 }
  if (hears.silence.isIn(line)) return { silence: 2.5 }
  if (hears.greet.isIn(line) || hears.close.isIn(line)) return { other: 2.2 }
  const size = Math.sqrt(Math.min(core.length, 36)) / 2.5
  const weights: Record<Technique, number> = {
    question: 0,
    reflection: 0,
    reframe: 0,
    challenge: 0,
    story: 0,
    silence: 0,
    direct_advice: 0,
    normalization: 0,
    other: 0,
  }
  const beginsAsked = hears.ask.isIn(line)
  const invites = hears.invite.isIn(line)
  const isTag = hears.tag.isIn(line)
  const reflects = hears.reflect.count(line)
  const advises = hears.advise.count(line)
  const informs = hears.inform.count(line)
  if (isAsked) weights.question += beginsAsked || invites ? 4 : isTag ? 2.2 : 2.8
  else if (beginsAsked) weights.question += startsAsked(sentence) ? 2.6 : 0.4
  if (!isAsked && invites) weights.question += 2.6
  if (hears.permission.isIn(line)) weights.direct_advice += 0.8
  if (hears.thank.isIn(line)) weights.other += 1.5
  if (hears.affirm.isIn(line)) weights.reflection += 0.8
  const scale = isAsked ? 0.5 : 1
  weights.reflection += scale * size * Math.min(reflects, 3) * 1.2
  weights.direct_advice += scale * size * (Math.min(advises, 3) + Math.min(informs, 3) * 0.8)
  if (hears.normalize.isIn(line)) weights.normalization += 2 * size
  if (hears.reframe.isIn(line)) weights.reframe += 2.2
  if (hears.challenge.isIn(line)) weights.challenge += 2.4
  if (hears.story.isIn(line)) weights.story += 2
  if (listener.isEnglish) addEnglish(weights, sentence, size * scale)
  weights.reflection += scale * echo * 1.2
  if (Object.values(weights).every((weight) => weight === 0)) {
    if (core.length <= 2) return { other: 0.8 }
    return { reflection: 0.3 * size, direct_advice: 0.3 * size, other: core.length < 6 ? 0.4 : 0.1 }
  }
  return weights
}

const isFiller = ({ words }: Sentence, { hears }: Listener): boolean => {
  if (words.length > 14) return false
  let rest = ` ${words.join(' ')} `
  for (;;) {
    const found = hears.fill.find(rest)
    if (!found || !rest.startsWith(` ${found} `)) break
    rest = rest.slice(found.length + 1)
  }
  return rest.trim() === ''
}

const inversion = /^ (?:what|where|when|who|which|why|how|do|does|did|are|is|have|has|can|could|would|will|any)\b/u

export const startsAsked = ({ line }: Sentence): boolean => inversion.test(line)

const secondPerson: ReadonlySet<string> = new Set([
  'you',
  "you're",
  "you've",
  "you'd",
  "you'll",
  'your',
  'yours',
  'yourself',
])
const firstPerson: ReadonlySet<string> = new Set([
  'i',
  "i'm",
  "i've",
  "i'd",
  "i'll",
  'we',
  "we're",
  "we'll",
  "we've",
  'me',
  'us',
  'our',
  'my',
])

const addEnglish = (weights: Record<Technique, number>, { core, isLedBySo }: Sentence, size: number): void => {
  const [first = ''] = core
  const you = core.filter((word) => secondPerson.has(word)).length
  const me = core.filter((word) => firstPerson.has(word)).length
  if (secondPerson.has(first)) weights.reflection += 1.2 * size
  else if (you > 0) weights.reflection += 0.5 * size
  if (isLedBySo) weights.reflection += 0.5 * size
  if (firstPerson.has(first)) weights.direct_advice += 0.7 * size
  else if (me > 0) weights.direct_advice += 0.3 * size
  if (you === 0 && me === 0) weights.direct_advice += 0.4 * size
}
