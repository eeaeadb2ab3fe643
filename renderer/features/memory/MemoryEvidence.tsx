import { useInfiniteQuery } from '@tanstack/react-query'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { mediumTime } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { Marked } from '../search/Marked.tsx'
import { named } from './actions.ts'
import { readerWords } from './words.ts'

const pageSize = 10

interface MemoryEvidenceProps {
  readonly clientId: string
  readonly item: MemoryItem
}

/** The messages that an item was read in; each leads to its place in the conversation. */
export const MemoryEvidence = ({ clientId, item }: MemoryEvidenceProps) => {
  const evidence = useInfiniteQuery(
    queries.memory.evidence.infiniteOptions({
      input: (offset: number) => ({ ...named(clientId, item), offset, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  if (evidence.isPending) return <Patience />
  if (evidence.isError) return <Problem error={evidence.error} onRetry={() => void evidence.refetch()} />
  const rows = evidence.data.pages.flatMap((page) => page.rows)
  if (rows.length === 0)
    return <p className="small muted">No message says it any more. It stays because you pinned or corrected it.</p>
  return (
    <>
      <ul className="memory-evidence" aria-label="Messages it comes from">
        {rows.map(({ conversationId, seq, start, end, saidAt, reader, takesBack, text }) => (
          <li key={`${seq} ${start}`}>
            <p className="message-text" dir="auto">
              <Marked text={text} marks={[{ start, end }]} />
            </p>
            <p className="small muted">
              <a href={hrefTo('inbox', conversationId, { at: seq })}>{mediumTime(saidAt)}</a> · {readerWords[reader]}
              {takesBack ? ' · says that it is over' : ''}
            </p>
          </li>
        ))}
      </ul>
      {evidence.hasNextPage ? (
        <Button kind="quiet" isBusy={evidence.isFetchingNextPage} onClick={() => void evidence.fetchNextPage()}>
          Show earlier messages
        </Button>
      ) : null}
    </>
  )
}
