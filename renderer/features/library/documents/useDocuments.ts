import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { queries } from '../../../transport/console.ts'
import { type DocumentFilter, useFilter } from './filter.ts'
import { useSteadyRows } from './steadyRows.ts'

const pageSize = 60
const typingMs = 180

const inputOf = ({ words, folder, tag, state, sort }: DocumentFilter, cursor: string | undefined) => ({
  sort,
  limit: pageSize,
  ...(words.trim() === '' ? {} : { words: words.trim() }),
  ...(folder === null ? {} : { folder }),
  ...(tag === null ? {} : { tag }),
  ...(state === null ? {} : { state }),
  ...(cursor === undefined ? {} : { cursor }),
})

/** A document that moves up between two page reads can come twice; the first place is the newer. */
const uniqueRows = (rows: readonly DocumentRow[]): DocumentRow[] => {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
}

/** The documents that the filter asks for; the list keeps still while the coach has a hand in it. */
export const useDocuments = (isHeld: boolean) => {
  const chosen = useFilter()
  const [words] = useDebouncedValue(chosen.words, typingMs)
  const filter = { ...chosen, words }
  const list = useInfiniteQuery(
    queries.library.list.infiniteOptions({
      input: (cursor: string | undefined) => inputOf(filter, cursor),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const loaded = useMemo(() => uniqueRows(list.data?.pages.flatMap((page) => page.rows) ?? []), [list.data])
  const name = JSON.stringify(filter)
  const steady = useSteadyRows(loaded, isHeld && !list.isPlaceholderData, name)
  return { list, name, ...steady, total: list.data?.pages[0]?.total }
}
