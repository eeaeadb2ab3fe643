import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { InboxFilter } from '../../../shared/contract/inbox.ts'
import { useAction } from '../../app/action.ts'
import { setUi } from '../../app/ui.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { host, queries } from '../../transport/console.ts'

/** What the list says when a filter has nothing to show, and what to do next. */
export const InboxEmpty = ({ filter, icon }: { readonly filter: InboxFilter; readonly icon: ReactNode }) => {
  const channels = useQuery({ ...queries.channels.list.queryOptions(), enabled: filter === 'all' }).data?.rows ?? []
  const start = useAction(() => host.channels.startPractice())
  if (filter !== 'all') {
    return (
      <EmptyState icon={icon} title={filter === 'needs_me' ? 'Nobody needs you right now' : 'Everything is read'}>
        {filter === 'needs_me'
          ? 'Conversations that ask for you appear here, the moment they do.'
          : 'New messages from clients appear here until you have read them.'}
        <Button onClick={() => setUi({ filter: 'all' })}>Show all</Button>
      </EmptyState>
    )
  }
  const practises = channels.some((channel) => channel.name === 'practice' && channel.state === 'running')
  return (
    <EmptyState icon={icon} title="No conversations yet">
      {practises
        ? 'Practice clients are about to write. Their messages appear here by themselves.'
        : 'For now only practice clients can write to you: made-up people, to see how everything works.'}{' '}
      Real channels, Telegram first, come next.
      {practises ? null : (
        <Button kind="primary" isBusy={start.isRunning} onClick={() => void start.run()}>
          Start practice
        </Button>
      )}
    </EmptyState>
  )
}
