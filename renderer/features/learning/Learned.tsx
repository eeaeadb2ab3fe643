import { IconSchool } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { hrefTo } from '../../app/router.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { dayThere } from '../../components/time.ts'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'

const NothingYet = () => (
  <EmptyState icon={<IconSchool />} title="Nothing was learned yet">
    Take over a conversation, answer in your own words, and hand it back. What you did is read here on this machine, and
    this page then says what the clone learned from it. You can correct and undo each of it.
    <a className="button" href={hrefTo('inbox')}>
      Go to the inbox
    </a>
  </EmptyState>
)

/** What was learned from the coach, with the messages behind each figure. */
export const Learned = () => {
  const overview = useQuery(queries.learning.overview.queryOptions())
  if (overview.isPending) return <Patience />
  if (overview.isError) return <Problem error={overview.error} onRetry={() => void overview.refetch()} />
  const { interventions, since } = overview.data
  if (since === null) return <NothingYet />
  return (
    <p>
      {plural(interventions, 'intervention')} analysed, since {dayThere(since, null)}.
    </p>
  )
}
