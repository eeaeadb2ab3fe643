import type { ChangeKind, RuleKind } from '../../../shared/taxonomy/learning.ts'

/** Changes that undo each other. */
export const opposites: Readonly<Partial<Record<ChangeKind, ChangeKind>>> = {
  shorter: 'longer',
  longer: 'shorter',
  more_formal: 'more_casual',
  more_casual: 'more_formal',
  question_added: 'question_removed',
  question_removed: 'question_added',
  advice_added: 'advice_removed',
  advice_removed: 'advice_added',
  greeting_added: 'greeting_removed',
  greeting_removed: 'greeting_added',
  emoji_added: 'emoji_removed',
  emoji_removed: 'emoji_added',
}

const forbids: readonly RuleKind[] = ['never_say', 'phrase_removed']
const wants: readonly RuleKind[] = ['keep', 'say_like_this', 'phrase_added']

export const isForbidding = (kind: RuleKind): boolean => forbids.includes(kind)
export const isWanting = (kind: RuleKind): boolean => wants.includes(kind)

const words = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')

interface Asked {
  readonly kind: RuleKind
  readonly detail: string
}

/** Two rules that cannot both be followed, or of which one says what the other does. */
export const collide = (one: Asked, other: Asked): boolean => {
  if (one.detail === '' || other.detail === '')
    return one.detail === other.detail && (one.kind === other.kind || isOpposite(one.kind, other.kind))
  const [a, b] = [` ${words(one.detail)} `, ` ${words(other.detail)} `]
  if (isForbidding(one.kind) === isForbidding(other.kind)) return a === b
  const [forbidden, wanted] = isForbidding(one.kind) ? [a, b] : [b, a]
  return wanted.includes(forbidden)
}

const isOpposite = (one: RuleKind, other: RuleKind): boolean =>
  Object.entries(opposites).some(([kind, opposite]) => kind === one && opposite === other)
