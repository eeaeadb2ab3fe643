import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { baseIntents } from '../../../shared/taxonomy/conversation.ts'
import { withoutMarks } from '../../ai/index.ts'
import { aiAnswerNote1, handbackNote1, reply1, wishNote1 } from './reply-1.ts'
import { reply2 } from './reply-2.ts'
import { passagesNote3, quietNote3, rememberedHeadings3, rememberedNote3, reply3 } from './reply-3.ts'
import { learnedNames4, learnedNote4, reply4 } from './reply-4.ts'

export { screenReasons, screenReply } from './screen.ts'

export interface PromptParts {
  readonly coachName: string
  readonly coachingStyle: string
  readonly clientName: string
  /** The coach's notes about the client. */
  readonly about: string
  /** Milliseconds UTC. */
  readonly now: number
  /** The client's; null where unknown, then the time is given in UTC. */
  readonly timeZone: string | null
  /** The coach has handed the conversation back since the client's last need for a human. */
  readonly afterHandback?: boolean
  /** What the coach wishes for this answer; null where they asked for none. */
  readonly wish?: string | null
  /** The client was just told in a fixed line that an AI answers. */
  readonly toldItIsAi?: boolean
  /** Passages of the coach's library, numbered from 1 as they stand here. */
  readonly passages?: readonly PassageQuote[]
  /** What is remembered of the client, in the order in which it is to stand. */
  readonly remembered?: readonly RememberedLine[]
  /** Words the coach does not want mentioned. */
  readonly neverMention?: readonly string[]
  /** What was learned, in the order in which it is to be trusted. */
  readonly learned?: readonly LearnedPart[]
}

export interface LearnedPart {
  readonly section: keyof typeof learnedNames4
  readonly text: string
}

export interface RememberedLine {
  readonly section: keyof typeof rememberedHeadings3
  readonly text: string
}

export interface PassageQuote {
  /** Where it stands, such as "Saying no, page 3". */
  readonly source: string
  readonly text: string
}

const oneLine = (text: string): string =>
  withoutMarks(text)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 120)

const orNothing = (text: string): string => (text.trim() === '' ? '(nothing noted)' : withoutMarks(text.trim()))

const localTime = (now: number, timeZone: string | null): string => {
  const asShown = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const inZone = (zone: string): string =>
    `${new Intl.DateTimeFormat('en-GB', { ...asShown, timeZone: zone }).format(now)} (${zone})`
  try {
    return inZone(timeZone ?? 'UTC')
  } catch {
    return inZone('UTC')
  }
}

const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{(\w+)\}\}/gu, (whole, name: string) => values[name] ?? whole)

/** The instructions for one reply and the version they come from. */
export const renderPrompt = (parts: PromptParts): { version: string; system: string } => {
  const coachName = oneLine(parts.coachName)
  return {
    version: reply4.version,
    system: filled(reply4.text, {
      coachName,
      coachingStyle: orNothing(parts.coachingStyle),
      clientName: oneLine(parts.clientName),
      about: orNothing(parts.about),
      remembered: remembered(parts.remembered ?? []) + quiet(parts.neverMention ?? [], coachName),
      passages: quoted(parts.passages ?? [], coachName),
      learnedStyle: learned(parts.learned ?? [], ['style'], coachName),
      learnedClient: learned(parts.learned ?? [], ['client'], coachName),
      learnedNow: learned(parts.learned ?? [], ['situation', 'phrases'], coachName),
      now: localTime(parts.now, parts.timeZone),
      afterHandback: [
        parts.afterHandback === true ? filled(handbackNote1, { coachName }) : '',
        parts.toldItIsAi === true ? aiAnswerNote1 : '',
        parts.wish == null ? '' : filled(wishNote1, { coachName, wish: orNothing(parts.wish) }),
      ].join(''),
      intents: baseIntents.join(', '),
    }),
  }
}

const quoted = (passages: readonly PassageQuote[], coachName: string): string => {
  if (passages.length === 0) return ''
  const each = passages.map(
    ({ source, text }, index) =>
      `⟦passage ${index + 1}⟧\n${oneLine(source)}\n${withoutMarks(text.trim())}\n⟦/passage ${index + 1}⟧`,
  )
  return filled(passagesNote3, { coachName, passages: each.join('\n\n') })
}

const longestRemembered = 700

const bullet = (text: string): string =>
  `- ${withoutMarks(text)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, longestRemembered)}`

const remembered = (lines: readonly RememberedLine[]): string => {
  if (lines.length === 0) return ''
  const sections = [...new Set(lines.map(({ section }) => section))].map((section) =>
    [
      `${rememberedHeadings3[section]}:`,
      ...lines.filter((line) => line.section === section).map(({ text }) => bullet(text)),
    ].join('\n'),
  )
  return filled(rememberedNote3, { lines: sections.join('\n') })
}

const learned = (
  parts: readonly LearnedPart[],
  sections: readonly LearnedPart['section'][],
  coachName: string,
): string =>
  sections
    .flatMap((section) => {
      const lines = parts.filter((part) => part.section === section).map(({ text }) => bullet(text))
      const name = filled(learnedNames4[section], { coachName })
      return lines.length === 0 ? [] : [filled(learnedNote4, { name, lines: lines.join('\n') })]
    })
    .join('')

const quiet = (words: readonly string[], coachName: string): string =>
  words.length === 0 ? '' : filled(quietNote3, { coachName, words: words.map(bullet).join('\n') })

/** The instructions of a version as they are before anything is filled in; empty for a version not known here. */
export const promptText = (version: string): string =>
  [reply1, reply2, reply3, reply4].find((each) => each.version === version)?.text ?? ''

export interface ThreadMessage {
  readonly senderType: SenderType
  readonly content: string
}

export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

const marked = (mark: string, text: string): string => `⟦${mark}⟧\n${withoutMarks(text)}\n⟦/${mark}⟧`

const turnOf = ({ senderType, content }: ThreadMessage): Turn | null => {
  if (senderType === 'client') {
    return { role: 'user', content: marked('client message', content.trim() === '' ? '(sent without words)' : content) }
  }
  if (senderType === 'human_coach') return { role: 'user', content: marked('the coach answered in person', content) }
  // A notice that a person was alerted would make the model ask for a person again.
  if (senderType === 'system') return null
  return { role: 'assistant', content: withoutMarks(content) }
}

/**
 * A thread, oldest first, as turns of a chat: what others wrote stands between marks, turns alternate and the first
 * is the user's, which many local models insist on. Fixed notices are left out.
 */
export const asTurns = (messages: readonly ThreadMessage[]): Turn[] => {
  const turns: Turn[] = []
  for (const message of messages) {
    const turn = turnOf(message)
    if (turn === null) continue
    const last = turns.at(-1)
    if (last === undefined && turn.role === 'assistant')
      turns.push({ role: 'user', content: '⟦earlier messages left out⟧' })
    if (last?.role === turn.role)
      turns[turns.length - 1] = { role: turn.role, content: `${last.content}\n\n${turn.content}` }
    else turns.push(turn)
  }
  return turns
}

/** The newest thing a client wrote in a chat made by asTurns; empty where there is none. */
export const lastClientText = (turns: readonly { readonly content: string }[]): string => {
  const all = turns.flatMap((turn) => [...turn.content.matchAll(/⟦client message⟧\n([\s\S]*?)\n⟦\/client message⟧/gu)])
  return all.at(-1)?.[1] ?? ''
}
