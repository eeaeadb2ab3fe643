import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useAction } from '../../../app/action.ts'
import { hrefTo } from '../../../app/router.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { Ago } from '../../../components/Time.tsx'
import { plural } from '../../../components/words.ts'
import { host, queries } from '../../../transport/console.ts'

type Gap = Awaited<ReturnType<typeof host.library.gaps>>['rows'][number]

const GapRow = ({ gap }: { readonly gap: Gap }) => {
  const dismiss = useAction(() => host.library.dismissGap({ id: gap.id }))
  return (
    <li className="gap">
      <div className="gap-about">
        <p dir="auto">{gap.question}</p>
        <p className="muted small">
          asked {gap.times === 1 ? 'once' : plural(gap.times, 'time')}, last: <Ago time={gap.askedAt} />
        </p>
      </div>
      <div className="row-of-buttons">
        <a
          className="button button-plain"
          href={hrefTo('library', 'search', { params: { words: gap.question } })}
          aria-label={`Search: ${gap.question}`}
        >
          Search
        </a>
        <Button
          kind="quiet"
          aria-label={`Dismiss: ${gap.question}`}
          isBusy={dismiss.isRunning}
          onClick={() => void dismiss.run()}
        >
          Dismiss
        </Button>
      </div>
    </li>
  )
}

/** Questions of clients that found nothing in the library. */
export const Gaps = () => {
  const list = useQuery(queries.library.gaps.queryOptions())
  const rows = list.data?.rows ?? []
  return (
    <div className="library-page stack">
      <header>
        <h2 className="section-title">Questions that found nothing</h2>
        <p className="screen-lead">
          Clients asked these, and nothing in your library answered them well. Add something on them, link words that
          mean the same, or dismiss what does not belong here.
        </p>
      </header>
      {list.isPending ? <Patience /> : null}
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<IconCircleCheck />} title="No open questions">
          When a client asks something that your library does not cover, it is noted here.
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <ul className="library-rows" aria-label="Questions that found nothing">
          {rows.map((gap) => (
            <GapRow key={gap.id} gap={gap} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
