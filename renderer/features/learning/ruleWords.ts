import type { LearnedRule } from '../../../shared/contract/rules.ts'
import type { RuleKind, RuleState } from '../../../shared/taxonomy/learning.ts'
import { situationWords } from '../../../shared/taxonomy/situations.ts'
import { plural } from '../../components/words.ts'

/** What a rule asks of the clone, as the coach reads it; words it quotes stand after it. */
export const ruleWords = {
  shorter: 'Write shorter',
  longer: 'Write a little more',
  warmer: 'Be warmer',
  more_direct: 'Be more direct',
  more_formal: 'Be more formal',
  more_casual: 'Be more casual',
  question_added: 'End with a question',
  question_removed: 'Ask fewer questions',
  advice_added: 'Name one small thing to do',
  advice_removed: 'Give less advice',
  fact_corrected: 'Be careful with numbers, names and dates',
  greeting_added: 'Begin with a greeting',
  greeting_removed: 'Begin without a greeting',
  emoji_added: 'Use an emoji where it fits',
  emoji_removed: 'Use no emoji',
  phrase_added: 'Where it fits, say',
  phrase_removed: 'Never say',
  rewritten: 'Written anew',
  keep: 'Keep the way this was said',
  never_say: 'Never say',
  say_like_this: 'Where it fits, say it like this',
} as const satisfies Record<RuleKind, string>

export const ruleStateWords = {
  live: 'In use',
  proposed: 'Not in use yet',
  paused: 'Paused',
  undone: 'Undone',
} as const satisfies Record<RuleState, string>

export const scopeWords = ({ client, situation }: Pick<LearnedRule, 'client' | 'situation'>): string => {
  if (client) return `for ${client.name}`
  return situation ? `for all clients, with ${situationWords[situation]}` : 'for all clients, always'
}

/** How the coach's edits speak for it: "3 edits ask for it, 1 draft does not". */
export const seenWords = ({ timesSeen, timesAgainst }: Pick<LearnedRule, 'timesSeen' | 'timesAgainst'>): string =>
  `${plural(timesSeen, 'edit')} of yours ${timesSeen === 1 ? 'asks' : 'ask'} for it${
    timesAgainst === 0 ? '' : `, ${plural(timesAgainst, 'draft')} ${timesAgainst === 1 ? 'speaks' : 'speak'} against it`
  }`

const share = ({ accepted, of }: LearnedRule['withRule']): string => `${accepted} of ${of}`

/** What became of the replies it was given to; null while there are none. */
export const recordWords = ({ timesGiven, timesUsed, withRule, withoutRule }: LearnedRule): string | null => {
  if (timesGiven === 0) return null
  const given = `Given to ${plural(timesGiven, 'reply', 'replies')}, followed in ${timesUsed}.`
  if (withRule.of === 0) return given
  const without = withoutRule.of === 0 ? '' : `; without it ${share(withoutRule)}`
  return `${given} Sent with little or no change: with it ${share(withRule)}${without}.`
}
