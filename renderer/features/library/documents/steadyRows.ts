import { useRef } from 'react'

interface Steady<Row> {
  readonly rows: readonly Row[]
  /** How many have come that are not shown yet. */
  readonly waiting: number
}

/**
 * The rows as they stand now, in the order in which they were shown: what left is gone, what came waits.
 * Rows past the last one that is still known are let in, as they only make the list longer.
 */
export const steadyRows = <Row extends { readonly id: string }>(
  shown: readonly string[],
  rows: readonly Row[],
): Steady<Row> => {
  const now = new Map(rows.map((row) => [row.id, row]))
  const kept = shown.flatMap((id) => now.get(id) ?? [])
  const known = new Set(shown)
  const lastKnown = rows.findLastIndex((row) => known.has(row.id))
  const before = rows.slice(0, lastKnown + 1).filter((row) => !known.has(row.id))
  return { rows: [...kept, ...rows.slice(lastKnown + 1)], waiting: before.length }
}

/**
 * Keeps a list still while the coach has a hand in it; `list` names what is shown, and another one begins anew.
 * New rows wait until the hand is gone.
 */
export const useSteadyRows = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  isHeld: boolean,
  list: string,
): Steady<Row> => {
  const shown = useRef<{ readonly list: string; readonly ids: readonly string[] }>({ list, ids: [] })
  const isSame = shown.current.list === list && shown.current.ids.length > 0
  const steady = isHeld && isSame ? steadyRows(shown.current.ids, rows) : { rows, waiting: 0 }
  shown.current = { list, ids: steady.rows.map(({ id }) => id) }
  return steady
}
