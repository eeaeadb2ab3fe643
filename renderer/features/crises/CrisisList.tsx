import { IconHeartHandshake } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CrisisRecord } from '../../../shared/contract/handoffs.ts'
import { crisisKindWords, crisisSeverityWords } from '../../../shared/taxonomy/crisisWords.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { queries } from '../../transport/console.ts'
import { LookAfter } from './LookAfter.tsx'
import { stateOf, stateWords } from './words.ts'

const pageSize = 50

const CrisisRow = ({ crisis }: { readonly crisis: CrisisRecord }) => {
  const state = stateOf(crisis)
  return (
    <li>
      <a className="crisis-row" href={hrefTo('crises', crisis.handoffId)}>
        <span>
          <b>{crisis.clientName}</b>
          <span className="muted">
            {' '}
            {[crisisSeverityWords[crisis.severity], ...crisis.kinds.map((kind) => crisisKindWords[kind])].join(' · ')}
          </span>
        </span>
        <span className={`crisis-state crisis-${state}`}>{stateWords[state]}</span>
        <span className="small muted">
          <Ago time={crisis.createdAt} />
        </span>
      </a>
    </li>
  )
}

/** Clients to look after first, then every safety crisis, the newest first. */
export const CrisisList = () => {
  const crises = useInfiniteQuery(
    queries.handoffs.crises.infiniteOptions({
      input: (before: number | undefined) => ({ limit: pageSize, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  const followUps = useQuery(queries.handoffs.followUps.queryOptions()).data?.rows ?? []
  const rows = crises.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <>
      <h1 className="screen-title">Crises</h1>
      <p className="screen-lead">
        Each safety crisis with its full record: what was read, who was told and when, and what you did. It never leaves
        this machine.
      </p>
      <LookAfter followUps={followUps} title="To look after" />
      <h2 className="section-title crises-title">Record</h2>
      {crises.isPending ? <Patience /> : null}
      {crises.isError ? <Problem error={crises.error} onRetry={() => void crises.refetch()} /> : null}
      {crises.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<IconHeartHandshake />} title="No safety crisis so far">
          When the words of a client point to danger, the clone falls silent, you are called, and all of it is written
          down here.
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <ul className="crisis-rows" aria-label="Crises">
          {rows.map((crisis) => (
            <CrisisRow key={crisis.handoffId} crisis={crisis} />
          ))}
        </ul>
      ) : null}
      {crises.hasNextPage ? (
        <div className="crises-more">
          <Button isBusy={crises.isFetchingNextPage} onClick={() => void crises.fetchNextPage()}>
            Show earlier
          </Button>
        </div>
      ) : null}
    </>
  )
}
