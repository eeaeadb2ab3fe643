import type { SearchHit } from '../../../shared/contract/inbox.ts'
import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { hrefTo } from '../../app/router.ts'
import { Ago } from '../../components/Time.tsx'
import { Marked } from './Marked.tsx'

const sayers = { client: '', ai: 'AI: ', human_coach: 'You: ', system: 'Notice: ' } as const satisfies Record<
  SenderType,
  string
>

interface SearchHitRowProps {
  readonly hit: SearchHit
  /** The thread stands at this very message. */
  readonly isShown: boolean
  /** The stretch of time that begins with it, in words. */
  readonly stretch: string | null
}

export const SearchHitRow = ({ hit, isShown, stretch }: SearchHitRowProps) => (
  <>
    {stretch === null ? null : <h2 className="hit-stretch">{stretch}</h2>}
    <a
      className={`hit ${isShown ? 'is-open' : ''}`}
      href={hrefTo('inbox', hit.conversationId, { at: hit.seq })}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className="conversation-top">
        <b className="conversation-name">{hit.clientName}</b>
        <span className="conversation-time">
          <Ago time={hit.sentAt} />
        </span>
      </span>
      <span className="hit-text" dir="auto">
        {sayers[hit.senderType]}
        <Marked text={hit.snippet} marks={hit.marks} />
      </span>
    </a>
  </>
)
