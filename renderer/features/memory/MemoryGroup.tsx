import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MemoryItemWithEarlier } from '../../../shared/contract/memory.ts'
import type { MemoryGroup as Group } from '../../../shared/taxonomy/memory.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Reveal } from '../../components/Reveal.tsx'
import { queries } from '../../transport/console.ts'
import { MemoryRow } from './MemoryRow.tsx'
import { groupWords } from './words.ts'

const pageSize = 50

interface MemoryGroupProps {
  readonly clientId: string
  readonly timeZone: string | null
  readonly group: Group
  readonly total: number
  /** The first of them. */
  readonly first: readonly MemoryItemWithEarlier[]
}

/** One kind of what is remembered: the first few, and all of them when asked for. */
export const MemoryGroup = ({ clientId, timeZone, group, total, first }: MemoryGroupProps) => {
  const [isWhole, setWhole] = useState(false)
  const [isRevealed, setRevealed] = useState(false)
  const all = useInfiniteQuery({
    ...queries.memory.list.infiniteOptions({
      input: (offset: number) => ({ clientId, group, offset, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    enabled: isWhole,
  })
  const rows = (isWhole ? all.data?.pages.flatMap((page) => page.rows) : undefined) ?? first
  const hidden = rows.filter(({ isSensitive }) => isSensitive).length
  const titleId = `memory-${group}`
  return (
    <section className="memory-group" aria-labelledby={titleId}>
      <header className="memory-group-header">
        <h3 id={titleId}>
          {groupWords[group]} <span className="muted">{total}</span>
        </h3>
        {hidden > 0 ? <Reveal isRevealed={isRevealed} onChange={setRevealed} /> : null}
      </header>
      <ul className="memory-rows" aria-labelledby={titleId}>
        {rows.map((item) => (
          <MemoryRow
            key={item.id}
            clientId={clientId}
            timeZone={timeZone}
            item={item}
            isHidden={item.isSensitive && !isRevealed}
          />
        ))}
      </ul>
      {all.isError ? <Problem error={all.error} onRetry={() => void all.refetch()} /> : null}
      {!isWhole && total > first.length ? (
        <Button kind="quiet" onClick={() => setWhole(true)}>
          Show all {total}
        </Button>
      ) : null}
      {isWhole && all.hasNextPage ? (
        <Button kind="quiet" isBusy={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </section>
  )
}
