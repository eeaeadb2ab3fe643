import './memory.css'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBulb } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { hrefTo } from '../../app/router.ts'
import { undoLast } from '../../app/undo.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { Conversations } from './Conversations.tsx'
import { MemoryGroup } from './MemoryGroup.tsx'
import { MemorySearch, MemorySearchField } from './MemorySearch.tsx'
import { NeverMention } from './NeverMention.tsx'
import { Rhythm } from './Rhythm.tsx'

const typingMs = 200
const mostCounted = 1_000

const waiting = (unread: number): string => {
  if (unread >= mostCounted) return `More than ${mostCounted} messages are`
  return unread === 1 ? 'One message is' : `${plural(unread, 'message')} are`
}

const ReadingNote = ({ unread }: { readonly unread: number }) =>
  unread === 0 ? null : (
    <p className="small muted" role="status">
      {waiting(unread)} still to be read. That happens by itself once there is a pause in the conversation.
    </p>
  )

const NothingYet = ({ client, unread }: { readonly client: Client; readonly unread: number }) => {
  if (client.conversationId !== null && client.acceptance !== 'accepted')
    return (
      <EmptyState icon={<IconBulb />} title="Nothing is remembered">
        Messages are read for what to remember once you have let {client.name} in.{' '}
        <a href={hrefTo('inbox', client.conversationId)}>Open conversation</a>
      </EmptyState>
    )
  return (
    <EmptyState icon={<IconBulb />} title="Nothing is remembered yet">
      {unread > 0
        ? 'New messages are read once there is a pause in the conversation. Come back in a few minutes.'
        : `When ${client.name} writes about goals, promises, people or what helps them, it appears here, with the message it comes from.`}
    </EmptyState>
  )
}

/** Everything that is remembered of a client: to be seen, corrected, pinned, kept quiet about, and forgotten. */
export const MemoryTab = ({ client }: { readonly client: Client }) => {
  const [typed, setTyped] = useState('')
  const [settled] = useDebouncedValue(typed.trim(), typingMs)
  const field = useRef<HTMLInputElement>(null)
  const memory = useQuery({ ...queries.memory.of.queryOptions({ input: { clientId: client.id } }), staleTime: 0 })
  useShortcuts({
    '/': () => {
      field.current?.focus()
      field.current?.select()
      return true
    },
    z: () => {
      void undoLast()
      return true
    },
  })
  if (memory.isPending) return <Patience />
  if (memory.isError) return <Problem error={memory.error} onRetry={() => void memory.refetch()} />
  const { groups, sessionCount, patterns, neverMention, unreadMessages } = memory.data
  const held = groups.filter(({ total }) => total > 0)
  const isSearching = typed.trim() !== '' && settled !== ''
  return (
    <div className="memory">
      <MemorySearchField field={field} typed={typed} onType={setTyped} />
      {isSearching ? (
        <MemorySearch clientId={client.id} timeZone={client.timeZone} words={settled} />
      ) : (
        <>
          <ReadingNote unread={unreadMessages} />
          {held.length === 0 && sessionCount === 0 ? <NothingYet client={client} unread={unreadMessages} /> : null}
          {held.map(({ group, total, rows }) => (
            <MemoryGroup
              key={group}
              clientId={client.id}
              timeZone={client.timeZone}
              group={group}
              total={total}
              first={rows}
            />
          ))}
          {sessionCount > 0 ? <Conversations clientId={client.id} total={sessionCount} /> : null}
          {patterns === null ? null : <Rhythm patterns={patterns} timeZone={client.timeZone} />}
          <NeverMention clientId={client.id} wishes={neverMention} />
        </>
      )}
    </div>
  )
}
