import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useUi } from '../../app/ui.ts'
import { queries } from '../../transport/console.ts'

const typingMs = 180
const pageSize = 40
const forgetMs = 60_000

/** One Latin letter alone begins half of all words. */
const isEnough = (words: string): boolean => words.length > 1 || words > '\u007f'

/** The messages in which every word of the search field occurs, newest first. */
export const useSearch = () => {
  const typed = useUi((ui) => ui.search.trim())
  const clientId = useUi((ui) => ui.searchIn?.clientId)
  const [query] = useDebouncedValue(typed, typingMs)
  const isAsked = isEnough(query)
  const search = useInfiniteQuery({
    ...queries.inbox.search.infiniteOptions({
      input: (before: number | undefined) => ({
        query,
        limit: pageSize,
        ...(clientId === undefined ? {} : { clientId }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
    enabled: isAsked,
    // Nobody tells a search what has come since.
    staleTime: 0,
    gcTime: forgetMs,
  })
  const hits = useMemo(() => search.data?.pages.flatMap((page) => page.rows) ?? [], [search.data])
  return { search, hits: isAsked ? hits : [], isAsked, isTyping: typed !== query }
}
