import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { hrefTo } from '../../app/router.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { ClientTabs, tabNamed } from './ClientTabs.tsx'

/** One client: what the coach noted, and what the console remembers, a tab each. */
export const ClientDetail = ({ clientId, tab }: { readonly clientId: string; readonly tab: string | undefined }) => {
  const client = useQuery(queries.clients.get.queryOptions({ input: { clientId } }))
  if (client.isPending) return <Patience />
  if (client.isError) return <Problem error={client.error} onRetry={() => void client.refetch()} />
  const { Panel } = tabNamed(tab)
  return (
    <article className="client-card">
      <header className="client-card-header">
        <a className="back" href={hrefTo('clients')} aria-label="Back to the list">
          <IconChevronLeft size={20} aria-hidden="true" />
        </a>
        <Avatar name={client.data.name} />
        <h2 title={client.data.name}>{client.data.name}</h2>
        {client.data.conversationId ? (
          <a className="button button-plain" href={hrefTo('inbox', client.data.conversationId)}>
            Open conversation
          </a>
        ) : null}
      </header>
      <ClientTabs clientId={clientId} open={tab} />
      <Panel client={client.data} />
    </article>
  )
}
