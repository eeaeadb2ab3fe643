import './rules.css'
import { IconListCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { RuleRow } from './RuleRow.tsx'

const pageSize = 20

/** What the clone learned from edited drafts and was taught: each rule with its edits, its record and the way back. */
export const Rules = () => {
  const rules = useInfiniteQuery(
    queries.rules.list.infiniteOptions({
      input: (offset: number) => ({ offset, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  if (rules.isPending) return <Patience />
  if (rules.isError) return <Problem error={rules.error} onRetry={() => void rules.refetch()} />
  const total = rules.data.pages[0]?.total ?? 0
  if (total === 0)
    return (
      <EmptyState icon={<IconListCheck />} title="No rules yet">
        Edit drafts as you like before you send them: what you change again and again becomes a rule here. Or open the
        menu of a message of yours or the clone's and choose “Learn from this”.
      </EmptyState>
    )
  return (
    <section className="rules" aria-labelledby="rules-title">
      <h2 id="rules-title">
        Rules <span className="muted">{total}</span>
      </h2>
      <p className="muted">
        Each reply is given the rules that are in use and fit it, a handful at most. For a client their own rules come
        first.
      </p>
      <ul className="rule-rows" aria-label={plural(total, 'rule')}>
        {rules.data.pages
          .flatMap((page) => page.rows)
          .map((rule) => (
            <RuleRow key={rule.id} rule={rule} />
          ))}
      </ul>
      {rules.hasNextPage ? (
        <Button kind="quiet" isBusy={rules.isFetchingNextPage} onClick={() => void rules.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </section>
  )
}
