import './timeline.css'
import { SegmentedControl } from '@mantine/core'
import { IconTimeline } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import type { TimelineRange } from '../../../shared/taxonomy/memory.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { undoLast } from '../../app/undo.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { firstName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { placeName } from './calendar.ts'
import { Months } from './Months.tsx'
import { MoodFigure } from './MoodFigure.tsx'
import { Plans } from './Plans.tsx'

const ranges = [
  { value: 'month', label: 'Month' },
  { value: 'quarter', label: 'Quarter' },
  { value: 'year', label: 'Year' },
  { value: 'all', label: 'All' },
] as const satisfies readonly { value: TimelineRange; label: string }[]

const emptyWords = ({ name, messageCount, acceptance }: Client, range: TimelineRange, unread: number): string => {
  const first = firstName(name)
  if (unread > 0)
    return acceptance === 'accepted'
      ? `The messages of ${first} are still being read. That happens by itself once there is a pause in the conversation.`
      : `The messages of ${first} are read once you have let them in.`
  if (messageCount > 0 && range !== 'all') return `For what ${first} wrote before that, choose a longer time.`
  return `Once ${first} has written, you see here how their mood and motivation went, what they achieved, and when you stepped in.`
}

/** How a client has been: mood and motivation over time, what they set out to do, and what happened month by month. */
export const Timeline = ({ client }: { readonly client: Client }) => {
  const clientId = client.id
  const [range, setRange] = useState<TimelineRange>('quarter')
  const timeline = useQuery({
    ...queries.timeline.read.queryOptions({ input: { clientId, range } }),
    placeholderData: keepPreviousData,
  })
  const plans = useQuery(queries.timeline.plans.queryOptions({ input: { clientId } }))
  useShortcuts({
    z: () => {
      void undoLast()
      return true
    },
  })
  const memory = useQuery({ ...queries.memory.of.queryOptions({ input: { clientId } }), staleTime: 0 })
  if (timeline.isPending || plans.isPending) return <Patience />
  if (timeline.isError) return <Problem error={timeline.error} onRetry={() => void timeline.refetch()} />
  if (plans.isError) return <Problem error={plans.error} onRetry={() => void plans.refetch()} />
  const { sessions, milestones, handoffs, timeZone, isGuessedZone } = timeline.data
  const isEmpty = sessions.length + milestones.length + handoffs.length === 0
  return (
    <div className="timeline">
      <Plans clientId={clientId} plans={plans.data.rows} timeZone={timeZone} />
      <div className="timeline-choices">
        <SegmentedControl aria-label="How far back" data={[...ranges]} value={range} onChange={setRange} />
        <p className="muted">
          {isGuessedZone
            ? 'Days by your own clock: their time zone is not known. You can set it under Details.'
            : `Days as in ${placeName(timeZone)}.`}
        </p>
      </div>
      {isEmpty ? (
        <EmptyState icon={<IconTimeline />} title="Nothing in this time">
          {emptyWords(client, range, memory.data?.unreadMessages ?? 0)}
        </EmptyState>
      ) : (
        <>
          <MoodFigure timeline={timeline.data} />
          <Months timeline={timeline.data} />
        </>
      )}
    </div>
  )
}
