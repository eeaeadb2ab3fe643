import type { Technique } from '../../../shared/taxonomy/learning.ts'
import type { Listener } from './cues/index.ts'
import { isContent, type Sentence } from './sentences.ts'

export type Weights = Partial<Record<Technique, number>>

/** Weighs what a sentence does; `echo` is the share of its words of content that the client has just used. */
export const weighSentence = (sentence: Sentence, listener: Listener, echo: number): Weights => {
  const { hears } = listener
  const { core, line, isAsked } = sentence
  if (core.length === 0 || isFiller(sentence, listener)) return { other: 0.6 }
  if (hears.silence.isIn(line)) return { silence: 2.5 }
  if (hears.greet.isIn(sentence.whole) || hears.close.isIn(line)) return { other: 2.2 }
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
  const reflects = hears.reflect.count(line)
  const advises = hears.advise.count(line)
  const informs = hears.inform.count(line)
  weights.question += questionWeight(sentence, listener, echo, reflects > 0)
  if (hears.suggest.isIn(line)) {
    weights.question *= 0.8
    weights.direct_advice += 2
  }
  if (hears.permission.isIn(line)) weights.direct_advice += 0.8
  if (hears.thank.isIn(line)) weights.other += 1.5
  if (hears.affirm.isIn(sentence.whole)) weights.reflection += 0.8
  const scale = isAsked && isInterrogative(sentence, listener) ? 0.5 : 1
  const directs = hears.advise.begins(line) ? 0.4 : 1
  weights.reflection += scale * directs * size * Math.min(reflects, 3) * 1.2
  weights.direct_advice += scale * size * (Math.min(advises, 3) + Math.min(informs, 3) * 0.7)
  if (hears.giveBack.isIn(line)) weights.reflection += 1.2 * scale
  if (hears.normalize.isIn(line)) weights.normalization += 2 * size
  const [reframes, challenges] = [hears.reframe.isIn(line), hears.challenge.isIn(line)]
  if (reframes) weights.reframe += 2.4
  if (challenges) weights.challenge += 2.4
  if (reframes || challenges) weights.question *= 0.4
  if (hears.story.isIn(line)) weights.story += 2
  addPersons(weights, sentence, listener, { size: size * scale, advises: advises > 0 })
  weights.reflection += scale * echo * 1.2
  if (Object.values(weights).every((weight) => weight === 0)) {
    if (core.length <= 2) return { other: 0.8 }
    return { reflection: 0.3 * size, direct_advice: 0.3 * size, other: core.length < 6 ? 0.4 : 0.1 }
  }
  return weights
}

const isInterrogative = ({ line, isAsked }: Sentence, { hears }: Listener): boolean =>
  hears.ask.isIn(line) || hears.invite.isIn(line) || (isAsked && hears.askWord.isIn(line))

/** A statement with a question mark that gives back what the client said is a reflection more than a question. */
const questionWeight = (sentence: Sentence, listener: Listener, echo: number, reflects: boolean): number => {
  const { core, line, isAsked, isLedBySo } = sentence
  const { hears } = listener
  if (hears.tag.isIn(line) && core.length <= 7 && isAsked) return 1.4
  if (hears.scale.isIn(line)) return 5
  if (isInterrogative(sentence, listener)) {
    if (isAsked) return 5
    return hears.invite.isIn(line) || hears.wonder.isIn(line) || startsAsked(sentence, listener) ? 2.8 : 0.4
  }
  if (!isAsked) return 0
  const isYours = hears.you.begins(line)
  return 3 - (reflects ? 0.8 : 0) - (isYours ? 0.4 : 0) - (isLedBySo ? 0.5 : 0) - echo
}

export const isFiller = ({ words, whole }: Sentence, { hears }: Listener): boolean => {
  if (words.length > 14) return false
  let rest = whole
  for (;;) {
    const found = hears.fill.find(rest)
    if (!found || !rest.startsWith(` ${found} `)) break
    rest = rest.slice(found.length + 1)
  }
  return rest.trim() === ''
}

export const startsAsked = ({ line }: Sentence, { hears }: Listener): boolean => hears.ask.begins(line)

/** What is said of nobody, briefly, mostly completes what the client said. */
const shortStatement = 16

/** What it tells of whom a sentence speaks: a coach who says "you" gives back, one who says "I" or speaks in general tells. */
const addPersons = (
  weights: Record<Technique, number>,
  { core, line, isLedBySo }: Sentence,
  { hears }: Listener,
  { size, advises }: { size: number; advises: boolean },
): void => {
  const [you, me] = [hears.you.isIn(line), hears.me.isIn(line)]
  if (hears.you.begins(line)) {
    if (advises) weights.direct_advice += 0.6 * size
    else weights.reflection += 1.4 * size
  } else if (you) weights.reflection += 0.5 * size
  if (hears.ifYou.isIn(line)) weights.direct_advice += 0.8 * size
  if (isLedBySo) weights.reflection += 0.5 * size
  if (hears.me.begins(line)) weights.direct_advice += 0.7 * size
  else if (me) weights.direct_advice += 0.3 * size
  if (you || me) return
  if (core.length <= 3) {
    weights.reflection += core.some(isContent) ? 0.5 : 0.2
    weights.other += core.some(isContent) ? 0.3 : 0.7
  } else {
    weights.reflection += core.length <= shortStatement ? 0.6 : 0.4 * size
    weights.direct_advice += core.length <= shortStatement ? 0.2 : 0.4 * size
  }
  if (hears.they.isIn(line)) weights.reflection += 0.3 * size
}
