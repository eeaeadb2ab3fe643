import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { hrefTo } from '../../app/router.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { OwnerPill } from '../../components/OwnerPill.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { VirtualList } from '../../components/VirtualList.tsx'
import { queries } from '../../transport/console.ts'
import { ClientDetail } from './ClientDetail.tsx'
import { EraseClient } from './data/EraseClient.tsx'
import './clients.css'

const pageSize = 100
const typingMs = 150

/** The height of `.client-row` in clients.css. */
const rowHeight = () => 66

type ListedClient = Omit<Client, 'messageCount' | 'about' | 'guessedRegion'>
const idOf = (client: ListedClient): string => client.id

/** Who answers them; for somebody who was not let in, that nobody does. In danger they are called so all the same. */
const Standing = ({ client: { owner, acceptance } }: { readonly client: ListedClient }) => {
  if (owner === null) return null
  if (acceptance === 'accepted' || owner === 'locked') return <OwnerPill owner={owner} />
  return <span className="client-row-outside">{acceptance === 'declined' ? 'Declined' : 'Request'}</span>
}

const ClientRow = ({ client, isOpen }: { readonly client: ListedClient; readonly isOpen: boolean }) => (
  <a
    className={`client-row ${isOpen ? 'is-open' : ''}`}
    href={hrefTo('clients', client.id)}
    aria-current={isOpen ? 'true' : undefined}
  >
    <Avatar name={client.name} />
    <span className="client-row-name">
      <b>{client.name}</b>
      <Standing client={client} />
    </span>
    <span className="conversation-time">
      {client.lastMessageAt === null ? null : <Ago time={client.lastMessageAt} />}
    </span>
  </a>
)

const ClientList = ({ openId }: { readonly openId: string | null }) => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), typingMs)
  const list = useInfiniteQuery(
    queries.clients.list.infiniteOptions({
      input: (after: string | undefined) => ({ search, limit: pageSize, ...(after === undefined ? {} : { after }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  return (
    <section className="client-list" aria-label="All clients">
      <header className="client-list-header">
        <h1 className="screen-title">Clients</h1>
        <TextInput
          aria-label="Search clients"
          placeholder="Search by name"
          maxLength={100}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </header>
      <VirtualList
        key={search}
        label="Clients"
        className="client-scroller"
        rows={rows}
        keyOf={idOf}
        heightOf={rowHeight}
        paging={list}
        render={(client) => <ClientRow client={client} isOpen={client.id === openId} />}
      >
        {list.isPending ? <Patience /> : null}
        {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? (
          <EmptyState icon={<IconUsers />} title={search ? 'Nobody by that name' : 'No clients yet'}>
            {search
              ? 'Try a shorter part of the name.'
              : 'Clients appear here once they write. Connect Telegram or start practice in Settings to meet some.'}
          </EmptyState>
        ) : null}
      </VirtualList>
    </section>
  )
}

export const ClientsScreen = ({
  openId,
  tab,
}: {
  readonly openId: string | null
  readonly tab?: string | undefined
}) => (
  <main className={`clients ${openId ? 'has-client' : ''}`}>
    <ClientList openId={openId} />
    <div className="client-detail">
      {openId ? (
        <ClientDetail key={openId} clientId={openId} tab={tab} />
      ) : (
        <EmptyState icon={<IconUsers />} title="No client is open">
          Choose a client from the list to see and correct what is known about them.
        </EmptyState>
      )}
    </div>
    <EraseClient />
  </main>
)
