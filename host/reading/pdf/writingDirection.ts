import type { Fragment } from './pieces.ts'

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const leftToRight = /[\p{L}\d]/u

export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text)

/** Whether a text is read from right to left: the larger part of its letters decides. */
export const readsRightToLeft = (text: string): boolean => {
  if (!rightToLeft.test(text)) return false
  let balance = 0
  for (const character of text) {
    if (rightToLeft.test(character)) balance += 1
    else if (/\p{L}/u.test(character)) balance -= 1
  }
  return balance > 0
}

type Direction = 'rtl' | 'ltr' | 'neutral'

const directionOf = ({ text }: Fragment): Direction =>
  rightToLeft.test(text) ? 'rtl' : leftToRight.test(text) ? 'ltr' : 'neutral'

/** The text of fragments that lie side by side from left to right, in the order in which it is read. */
export const inLogicalOrder = (fragments: readonly Fragment[], narrowestWordGap: number): string => {
  const isRightToLeft = readsRightToLeft(fragments.map(({ text }) => text).join(''))
  const base: Direction = isRightToLeft ? 'rtl' : 'ltr'
  const directions = fragments.map(directionOf)
  // What has no direction of its own takes that of its neighbours where they agree.
  const strong = (from: number, step: number): Direction => {
    for (let at = from; at >= 0 && at < directions.length; at += step) {
      const direction = directions[at]
      if (direction && direction !== 'neutral') return direction
    }
    return base
  }
  const settled = directions.map((direction, index) => {
    if (direction !== 'neutral') return direction
    const before = strong(index, -1)
    return before === strong(index, 1) ? before : base
  })
  const runs: { direction: Direction; fragments: Fragment[] }[] = []
  fragments.forEach((fragment, index) => {
    const direction = settled[index] ?? base
    const run = runs.at(-1)
    if (run?.direction === direction) run.fragments.push(fragment)
    else runs.push({ direction, fragments: [fragment] })
  })
  const ordered = (isRightToLeft ? runs.toReversed() : runs).flatMap((run) =>
    run.direction === 'rtl' ? run.fragments.toReversed() : run.fragments,
  )
  return ordered.reduce((text, fragment, index) => {
    const before = ordered[index - 1]
    if (!before) return fragment.text
    const gap = Math.max(fragment.left - before.right, before.left - fragment.right)
    return gap > narrowestWordGap * Math.min(before.size, fragment.size) || before.spaced
      ? `${text} ${fragment.text}`
      : text + fragment.text
  }, '')
}
