import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { InboxFilter } from '../../../shared/contract/inbox.ts'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { setUi } from '../../app/ui.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { host, queries } from '../../transport/console.ts'

const words = {
  needs_me: ['Nobody needs you right now', 'Conversations that ask for you appear here, the moment they do.'],
  unread: ['Everything is read', 'New messages from clients appear here until you have read them.'],
  ai: ['Nobody is with the clone', 'Conversations that the clone may answer stand here.'],
  mine: ['Nobody is with you', 'Conversations that you took over stand here until you hand them back.'],
  check_ins: [
    'Nothing to ask after',
    'When something that a client said they would do falls due, their conversation appears here.',
  ],
  snoozed: ['Nothing is snoozed', 'Press H on a conversation to have it come back later.'],
  done: ['Nothing is done yet', 'Press E on a conversation you are done with. It comes back when the client writes.'],
  requests: ['Nobody new has written', 'Whoever writes to you for the first time waits here until you accept them.'],
} as const satisfies Record<Exclude<InboxFilter, 'all'>, readonly [title: string, text: string]>

const NobodyYet = ({ icon }: { readonly icon: ReactNode }) => {
  const channels = useQuery(queries.channels.list.queryOptions()).data?.rows ?? []
  const start = useAction(() => host.channels.startPractice())
  const isRunning = (name: string) => channels.some((channel) => channel.name === name && channel.state === 'running')
  if (isRunning('telegram')) {
    return (
      <EmptyState icon={icon} title="No conversations yet">
        Telegram is connected. Whoever writes to your bot appears here by themselves.
      </EmptyState>
    )
  }
  if (isRunning('practice')) {
    return (
      <EmptyState icon={icon} title="No conversations yet">
        Practice clients are about to write. Their messages appear here by themselves.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={icon} title="No conversations yet">
      Connect Telegram, so that your clients can write to you. Or start with practice clients: made-up people, to see
      how everything works.
      <a className="button button-primary" href={hrefTo('settings', 'telegram')}>
        Connect Telegram
      </a>
      <Button isBusy={start.isRunning} onClick={() => void start.run()}>
        Start practice
      </Button>
    </EmptyState>
  )
}

/** The everyday list is empty, which need not mean that nothing waits: requests and put-off calls stand elsewhere. */
const NobodyHere = ({ icon }: { readonly icon: ReactNode }) => {
  const counts = useQuery(queries.inbox.counts.queryOptions()).data
  if (!counts) return null
  const { requests, needsMe } = counts
  if (needsMe === 0) {
    return (
      <EmptyState icon={icon} title="Everything is dealt with">
        Conversations come back here when clients write or when their time has come. What is snoozed or done stands
        under More.
      </EmptyState>
    )
  }
  const isOnlyRequests = requests >= needsMe
  return (
    <EmptyState icon={icon} title="No conversation is open here">
      {isOnlyRequests
        ? requests === 1
          ? '1 person wants to write to you and waits for your word.'
          : `${requests} people want to write to you and wait for your word.`
        : needsMe === 1
          ? '1 conversation that was put off or done needs you all the same.'
          : `${needsMe} conversations that were put off or done need you all the same.`}
      <Button kind="primary" onClick={() => setUi({ filter: isOnlyRequests ? 'requests' : 'needs_me' })}>
        {isOnlyRequests ? 'Show who wants to write' : 'Show what needs me'}
      </Button>
    </EmptyState>
  )
}

interface InboxEmptyProps {
  readonly filter: InboxFilter
  readonly icon: ReactNode
}

/** What the list says when a filter has nothing to show, and what to do next. */
export const InboxEmpty = ({ filter, icon }: InboxEmptyProps) => {
  const known = useQuery({
    ...queries.clients.list.queryOptions({ input: { search: '', limit: 1 } }),
    enabled: filter === 'all',
  }).data
  if (filter === 'all') {
    if (!known) return null
    if (known.rows.length === 0) return <NobodyYet icon={icon} />
    return <NobodyHere icon={icon} />
  }
  const [title, text] = words[filter]
  return (
    <EmptyState icon={icon} title={title}>
      {text}
      <Button onClick={() => setUi({ filter: 'all' })}>Show all</Button>
    </EmptyState>
  )
}
