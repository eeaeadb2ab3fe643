import type { Engagement, Reaction } from '../../../shared/taxonomy/learning.ts'
import type { Emotion } from '../../../shared/taxonomy/situations.ts'
import { readSignals } from '../../signals/index.ts'
import { listenReply } from './cues/replies.ts'
import { hear, type Turn } from './heard.ts'
import { readSentences } from './sentences.ts'
import { carrying, countQuestions, listMoves, structureOf } from './structure.ts'

export interface ReactionView {
  readonly reaction: Reaction
  /** How the conversation changed, in plain words. */
  readonly shift: string
  readonly isResolved: boolean
  readonly engagement: Engagement
  /** 0 to 1: how likely the client's words make it that they do it. */
  readonly followThrough: number
  /** One sentence that quotes the client, '' where there is nothing to quote. */
  readonly whyEffective: string
}

const longestQuote = 120
const hourMs = 3_600_000

/** Null where the client has not said anything since. */
export const viewReaction = (
  before: readonly Turn[],
  coach: readonly Turn[],
  after: readonly Turn[],
): ReactionView | null => {
  const replies = after.filter(({ from, text }) => from === 'client' && text.trim() !== '')
  if (replies.length === 0) return null
  const earlier = before.filter(({ from }) => from === 'client')
  const sentences = replies.flatMap(({ text }) => readSentences(text.slice(0, 6_000)))
  const heard = sentences.map(({ text, whole }) => ({ text, ...listenReply(whole) }))
  const count = (isSo: (one: (typeof heard)[number]) => boolean): number => heard.filter(isSo).length
  const [was, is] = [feelingOf(earlier), feelingOf(replies)]
  const lift = earlier.length === 0 ? is.sentiment : (is.sentiment - was.sentiment) / 2
  const rejects = count((one) => one.isRejected)
  const accepts = count((one) => one.isAccepted)
  const turns = count((one) => one.isTurned)
  const score = accepts * 0.6 - rejects + lift * 0.8 + count((one) => one.isPromised) * 0.4
  const reaction: Reaction =
    turns > 0 && score > -0.3 ? 'transformative' : score >= 0.35 ? 'positive' : score <= -0.35 ? 'negative' : 'neutral'
  const isGood = reaction === 'positive' || reaction === 'transformative'
  const lastHeard = listenReply(lineOf(replies.at(-1)?.text ?? ''))
  return {
    reaction,
    shift: shiftOf(was.emotion, is.emotion, reaction),
    isResolved: isGood && rejects === 0 && (heard.some((one) => one.isSettled) || lastHeard.isSettled),
    engagement: engagementOf(earlier, coach, replies),
    followThrough: followThroughOf(heard, reaction),
    whyEffective: isGood ? whyOf(before, coach, heard) : '',
  }
}

const lineOf = (text: string): string => readSentences(text).at(-1)?.whole ?? ' '

const feelingOf = (turns: readonly Turn[]): { sentiment: number; emotion: Emotion } => {
  if (turns.length === 0) return { sentiment: 0, emotion: 'neutral' }
  const read = turns.slice(-3).map(({ text }) => readSignals(text.slice(0, 4_000)))
  return {
    sentiment: read.reduce((sum, one) => sum + one.sentiment, 0) / read.length,
    emotion: read.map(({ emotion }) => emotion).findLast((emotion) => emotion !== 'neutral') ?? 'neutral',
  }
}

const shiftOf = (was: Emotion, is: Emotion, reaction: Reaction): string => {
  if (was !== 'neutral' && is !== 'neutral' && was !== is) return `From ${was} to ${is}`
  if (was !== 'neutral' && was === is) return `Still ${was}`
  const to: Readonly<Record<Reaction, string>> = {
    transformative: 'a new view',
    positive: 'agreement',
    neutral: 'going on talking',
    negative: 'resistance',
  }
  return was === 'neutral' ? `Towards ${to[reaction]}` : `From ${was} to ${to[reaction]}`
}

const engagementOf = (earlier: readonly Turn[], coach: readonly Turn[], replies: readonly Turn[]): Engagement => {
  const length = (turns: readonly Turn[]): number =>
    turns.reduce((sum, { text }) => sum + text.split(/\s+/, 400).filter(Boolean).length, 0) / Math.max(1, turns.length)
  const words = length(replies)
  const usual = earlier.length === 0 ? 8 : length(earlier)
  const [asked, answered] = [coach.at(-1)?.at, replies[0]?.at]
  const wait = asked === undefined || answered === undefined ? 0 : answered - asked
  if (words < 4 || (words < usual * 0.3 && words < 8) || wait > 24 * hourMs) return 'low'
  return (words >= Math.max(8, usual * 0.8) || replies.length > 1) && wait <= 2 * hourMs ? 'high' : 'medium'
}

type HeardReply = ReturnType<typeof listenReply> & { readonly text: string }

const followThroughOf = (heard: readonly HeardReply[], reaction: Reaction): number => {
  const start: Readonly<Record<Reaction, number>> = {
    transformative: 0.6,
    positive: 0.5,
    neutral: 0.35,
    negative: 0.15,
  }
  const of = (isSo: (one: HeardReply) => boolean): number => Math.min(2, heard.filter(isSo).length)
  const value =
    start[reaction] +
    of((one) => one.isPromised) * 0.2 -
    of((one) => one.isHedged) * 0.1 -
    of((one) => one.isRejected) * 0.1
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
}

const whyOf = (before: readonly Turn[], coach: readonly Turn[], heard: readonly HeardReply[]): string => {
  const telling =
    heard.find((one) => one.isTurned) ??
    heard.find((one) => one.isAccepted || one.isSettled) ??
    heard.find((one) => one.isPromised)
  if (!telling) return ''
  const coached = hear(coach.map(({ text }) => text).join('\n'), before)
  const done = listMoves(carrying(structureOf(coached)), countQuestions(coached))
  return `After ${done || 'the coach’s answer'} the client said: “${quoted(telling.text)}”`
}

const quoted = (text: string): string =>
  text.length <= longestQuote ? text : `${text.slice(0, longestQuote).replace(/\s\S*$/u, '')} …`
