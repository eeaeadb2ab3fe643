import { useQuery } from '@tanstack/react-query'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { Problem } from '../../components/Problem.tsx'
import { timeThere, useNow } from '../../components/time.ts'
import { channelName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { ClientFields } from '../clients/ClientFields.tsx'
import { Notes } from '../notes/Notes.tsx'
import { CheckIns } from '../timeline/CheckIns.tsx'
import { FollowUps } from './FollowUps.tsx'

const Facts = ({ conversation }: { readonly conversation: Conversation }) => {
  const now = useNow()
  const there = timeThere(conversation.timeZone, now)
  const reach = [channelName(conversation.channel), conversation.handle].filter(Boolean).join(' · ')
  return (
    <div className="pane-facts">
      <p>{reach}</p>
      {there ? <p>{there}</p> : null}
      {conversation.isReachable ? null : <p className="pane-warning">has blocked the bot</p>}
    </div>
  )
}

/** What is known about the client of the open conversation, to be read and corrected beside it. */
export const ClientPane = ({ conversationId }: { readonly conversationId: string }) => {
  const conversation = useQuery(queries.inbox.conversation.queryOptions({ input: { conversationId } })).data
  const client = useQuery({
    ...queries.clients.get.queryOptions({ input: { clientId: conversation?.clientId ?? '' } }),
    enabled: conversation !== undefined,
  })
  if (client.isError) return <Problem error={client.error} />
  if (!conversation || !client.data) return null
  return (
    <div className="pane">
      <Facts conversation={conversation} />
      <Notes clientId={conversation.clientId} />
      <CheckIns clientId={conversation.clientId} conversationId={conversation.id} />
      <FollowUps conversation={conversation} />
      <section className="pane-section" aria-label="About the client">
        <h3>About the client</h3>
        <ClientFields key={client.data.id} client={client.data} />
      </section>
    </div>
  )
}
