import { useQuery } from '@tanstack/react-query'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { ClientFields } from '../clients/ClientFields.tsx'

/** What is known about the client of the open conversation, to be read and corrected beside it. */
export const ClientPane = ({ conversationId }: { readonly conversationId: string }) => {
  const clientId = useQuery(queries.inbox.conversation.queryOptions({ input: { conversationId } })).data?.clientId
  const client = useQuery({
    ...queries.clients.get.queryOptions({ input: { clientId: clientId ?? '' } }),
    enabled: clientId !== undefined,
  })
  if (client.isError) return <Problem error={client.error} />
  return client.data ? <ClientFields key={client.data.id} client={client.data} /> : null
}
