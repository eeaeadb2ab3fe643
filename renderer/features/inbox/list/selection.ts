import { useCallback, useMemo, useRef, useState } from 'react'

interface Chosen {
  readonly ids: ReadonlySet<string>
  /** What was chosen before the stretch from `anchor` to `head`. */
  readonly base: ReadonlySet<string>
  readonly anchor: string | null
  readonly head: string | null
}

/** The host takes so many at once. */
const mostSelected = 500
const none: ReadonlySet<string> = new Set()
const nothing: Chosen = { ids: none, base: none, anchor: null, head: null }

const stretch = (order: readonly string[], from: string, to: string): readonly string[] => {
  const [first = 0, last = 0] = [order.indexOf(from), order.indexOf(to)].sort((a, b) => a - b)
  return first < 0 ? [to] : order.slice(first, last + 1)
}

const chosenUpTo = (before: Chosen, order: readonly string[], anchor: string, head: string): Chosen => {
  const ids = new Set([...before.base, ...stretch(order, anchor, head)].slice(0, mostSelected))
  return { ...before, ids, anchor, head }
}

/** Several rows of a list to be dealt with at once; whatever leaves the list is no longer among them. */
export const useSelection = <Row extends { readonly id: string }>(rows: readonly Row[]) => {
  const [chosen, setChosen] = useState<Chosen>(nothing)
  const order = useMemo(() => rows.map((row) => row.id), [rows])
  const latest = useRef(order)
  latest.current = order
  const selected = useMemo(() => rows.filter((row) => chosen.ids.has(row.id)), [rows, chosen.ids])

  const clear = useCallback(() => setChosen(nothing), [])
  const all = useCallback(() => setChosen({ ...nothing, ids: new Set(latest.current.slice(0, mostSelected)) }), [])
  const toggle = useCallback(
    (id: string) =>
      setChosen(({ ids: before }) => {
        const ids = new Set(before)
        if (!ids.delete(id)) ids.add(id)
        return { ids, base: ids, anchor: id, head: id }
      }),
    [],
  )
  /** Chooses everything from where the choosing began. */
  const extendTo = useCallback(
    (id: string) => setChosen((before) => chosenUpTo(before, latest.current, before.anchor ?? id, id)),
    [],
  )
  /** Moves the end of the stretch by one row, from `current` where none has begun; gives the row it ends at. */
  const extend = (by: 1 | -1, current: string | null): number => {
    const from = chosen.head ?? current
    const at = from === null ? -1 : order.indexOf(from)
    const to = at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + by))
    const head = order[to]
    if (head !== undefined) setChosen((before) => chosenUpTo(before, order, before.anchor ?? from ?? head, head))
    return to
  }
  return { selected, ids: chosen.ids, head: chosen.head, clear, all, toggle, extendTo, extend }
}

export type Selection<Row extends { readonly id: string }> = ReturnType<typeof useSelection<Row>>
