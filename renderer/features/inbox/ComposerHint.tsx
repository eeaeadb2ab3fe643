import { useQuery } from '@tanstack/react-query'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { hrefTo } from '../../app/router.ts'
import { firstName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { Thinking } from './Thinking.tsx'

/** What the coach should know before they write: who else may answer, and why the clone does not. */
export const ComposerHint = ({ conversation }: { readonly conversation: Conversation }) => {
  const settings = useQuery(queries.settings.get.queryOptions()).data
  const name = firstName(conversation.clientName)
  if (conversation.isThinking) return <Thinking>The clone is thinking of an answer</Thinking>
  if (conversation.owner === 'locked') return <>Locked after a safety crisis: only your own words reach {name}.</>
  if (settings && !settings.modelReady && conversation.replyMode !== 'off') {
    return (
      <>
        No model is connected, so only you answer. <a href={hrefTo('settings', 'model')}>Connect one</a>
      </>
    )
  }
  if (conversation.lastTrouble && conversation.owner !== 'human') return <>{conversation.lastTrouble}</>
  if ((conversation.owner === 'ai' || conversation.owner === 'waiting') && conversation.replyMode !== 'off')
    return <>Sending a reply takes the conversation over.</>
  return null
}
