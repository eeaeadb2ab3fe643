import { diffWordsWithSpace } from 'diff'
import type { DiffPart } from '../../../shared/contract/rules.ts'

/** Further apart than this many words there is nothing to see in a comparison: one text went, another came. */
const mostEdits = 1_500

/** What was kept, taken out and put in, word by word and in order. Every character of both texts is in it. */
export const wordDiff = (before: string, after: string): DiffPart[] => {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: mostEdits })
  if (parts === undefined)
    return [
      { change: 'removed', text: before },
      { change: 'added', text: after },
    ]
  return parts.map(({ value, added, removed }) => ({
    change: added ? 'added' : removed ? 'removed' : 'kept',
    text: value,
  }))
}
