import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Message } from '../../../shared/contract/messages.ts'
import type { Explanation } from '../../../shared/contract/replies.ts'
import { learnedKinds } from '../../../shared/taxonomy/learning.ts'
import { memoryItemKinds } from '../../../shared/taxonomy/memory.ts'
import { hrefTo } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { clockTime, exactTime } from '../../components/time.ts'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { authorOf } from './messageWords.ts'

type Given = Explanation['context']

const kindWords = {
  instructions: 'Your style',
  about: 'About the client',
  message: 'Message',
  passage: 'Your library',
  relationship: 'Remembered',
  preference: 'Remembered',
  insight: 'Remembered',
  episode: 'Remembered',
  session: 'Remembered',
  summary: 'Remembered',
  past_message: 'Found in past messages',
  case: 'Your words',
  approach: 'Learned with this client',
  style: 'Learned from you',
  phrase: 'Your phrase',
  rule: 'You taught',
  pattern: 'Learned across your clients',
} as const satisfies Record<Given[number]['kind'], string>

const outcomeWords = {
  running: 'Still thinking',
  sent: 'Sent by the clone',
  draft: 'Left as a draft for you',
  handoff: 'Handed to you',
  silent: 'No answer was needed',
  superseded: 'Withdrawn, the conversation had moved on',
  refused: 'Refused',
  failed: 'Failed',
  no_model: 'No model was connected',
} as const satisfies Record<Explanation['status'], string>

const signed = (points: number): string => `${points > 0 ? '+' : ''}${Number(points.toFixed(2))}`

const oneDollar = 1_000_000
/** "$0.0042"; free of charge where a local model wrote. */
const costWords = (micros: number): string =>
  micros === 0
    ? 'nothing'
    : `$${(micros / oneDollar).toLocaleString(undefined, { minimumFractionDigits: 2, maximumSignificantDigits: 2 })}`

const Facts = ({ why }: { readonly why: Explanation }) => {
  const tokens =
    why.promptTokens === null
      ? null
      : `${why.promptTokens.toLocaleString()} in, ${(why.completionTokens ?? 0).toLocaleString()} out`
  const facts: readonly (readonly [string, string | null])[] = [
    ['Outcome', outcomeWords[why.status]],
    ['Asked for', why.baseIntent.toLowerCase().replaceAll('_', ' ')],
    ['When', exactTime(why.createdAt)],
    ['Model', why.model],
    ['Instructions', why.promptVersion],
    ['Length', why.wordCount === null ? null : plural(why.wordCount, 'word')],
    ['Tokens', tokens],
    ['Cost', why.costMicros === null ? null : costWords(why.costMicros)],
    ['Took', why.latencyMs === null ? null : `${(why.latencyMs / 1_000).toFixed(1)} s`],
    ['Trouble', why.error],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div className="facts-row" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

type Known = ReadonlyMap<string, Message>

const titleOf = (item: Given[number], known: Known): string => {
  const message = known.get(item.id)
  return message ? `${authorOf(message)} · ${clockTime(message.sentAt)}` : `${kindWords[item.kind]} · ${item.label}`
}

const isLearned = (kind: Given[number]['kind']): boolean => learnedKinds.some((one) => one === kind)

/** What is said where a text is no longer there; null for what is always there. */
const goneWords = (kind: Given[number]['kind']): string | null => {
  if (kind === 'instructions' || kind === 'about' || kind === 'message') return null
  if (kind === 'case') return 'This message was deleted since.'
  return kind === 'passage' ? 'This passage is no longer in your library.' : 'This is no longer remembered.'
}

interface GivenListProps {
  readonly items: Given
  readonly known: Known
  /** The coach goes where a thing was said. */
  readonly onLeave: () => void
}

const GivenList = ({ items, known, onLeave }: GivenListProps) => (
  <ol className="why-context">
    {items.map((item) => (
      <li key={`${item.kind}-${item.id}`}>
        <p className="small muted">
          {titleOf(item, known)}
          {item.isCited ? ' · the reply rests on this' : null}
          {item.isUsed ? (isLearned(item.kind) ? ' · the reply does this' : ' · the reply speaks of this') : null}
        </p>
        {item.text === '' && goneWords(item.kind) !== null ? (
          <p className="muted">{goneWords(item.kind)}</p>
        ) : (
          <p className="message-text" dir="auto">
            {item.text}
          </p>
        )}
        {item.documentId && item.text !== '' ? (
          <a className="small" href={hrefTo('library', item.documentId, { params: { passage: item.id } })}>
            Open the page
          </a>
        ) : null}
        {item.place && item.text !== '' ? (
          <a
            className="small"
            href={hrefTo('inbox', item.place.conversationId, { at: item.place.seq })}
            onClick={onLeave}
          >
            Open it in the thread
          </a>
        ) : null}
      </li>
    ))}
  </ol>
)

interface WhyProps {
  readonly why: Explanation
  /** The messages of the thread that are loaded. */
  readonly messages: readonly Message[]
  readonly onLeave: () => void
}

const Body = ({ why, messages, onLeave }: WhyProps) => {
  const known: Known = new Map(messages.map((message) => [message.id, message]))
  // Our own fixed notices are shown to the client, never to the model.
  const given = why.context.filter((item) => known.get(item.id)?.senderType !== 'system')
  const ofKind = (kind: Given[number]['kind']) => given.filter((item) => item.kind === kind)
  const cases = ofKind('case')
  const learned = given.filter(({ kind }) => isLearned(kind))
  const remembered = given.filter(({ kind }) => memoryItemKinds.some((one) => one === kind))
  const wasEdited = messages.some(
    ({ metadata }) => metadata.execution_id === why.executionId && metadata.original_draft !== undefined,
  )
  return (
    <div className="stack why">
      <section>
        <h3>Confidence {why.confidence === null ? 'unknown' : why.confidence.toFixed(2)}</h3>
        {why.confidenceParts.length > 0 ? (
          <ul className="why-parts">
            {why.confidenceParts.map((part) => (
              <li key={part.name}>
                <span>
                  {part.name} <span className="muted">{part.value}</span>
                </span>
                <b>{signed(part.points)}</b>
              </li>
            ))}
          </ul>
        ) : null}
      </section>
      {why.hint ? (
        <section>
          <h3>What you asked for</h3>
          <p className="message-text" dir="auto">
            {why.hint}
          </p>
        </section>
      ) : null}
      {cases.length > 0 ? (
        <section>
          <h3>Your own words that it is put together from</h3>
          <p className="muted">No model is connected, so nothing was written anew.</p>
          <GivenList items={cases} known={known} onLeave={onLeave} />
        </section>
      ) : (
        <section>
          <h3>What the clone was given</h3>
          {given.length === 0 ? <p className="muted">Nothing besides its fixed instructions.</p> : null}
          <GivenList
            items={[...ofKind('message'), ...ofKind('passage'), ...ofKind('about')]}
            known={known}
            onLeave={onLeave}
          />
        </section>
      )}
      {learned.length > 0 ? (
        <section>
          <h3>What it learned from you</h3>
          <GivenList items={learned} known={known} onLeave={onLeave} />
          <a className="small" href={hrefTo('learning')} onClick={onLeave}>
            See and correct what was learned
          </a>
        </section>
      ) : null}
      {remembered.length > 0 ? (
        <section>
          <h3>What it remembered</h3>
          <GivenList items={remembered} known={known} onLeave={onLeave} />
          <a className="small" href={hrefTo('clients', why.clientId, { params: { tab: 'memory' } })}>
            See and correct what is remembered
          </a>
        </section>
      ) : null}
      {ofKind('instructions').length > 0 ? (
        <details className="why-instructions">
          <summary>Full instructions</summary>
          <GivenList items={ofKind('instructions')} known={known} onLeave={onLeave} />
        </details>
      ) : null}
      {why.originalDraft ? (
        <section>
          <h3>{wasEdited ? 'What it wrote before you changed it' : 'What the clone wrote'}</h3>
          <p className="why-original message-text" dir="auto">
            {why.originalDraft}
          </p>
        </section>
      ) : null}
      <section>
        <h3>The run</h3>
        <Facts why={why} />
      </section>
    </div>
  )
}

interface WhyDrawerProps extends Pick<WhyProps, 'messages'> {
  readonly executionId: string
  readonly onClose: () => void
}

export const WhyDrawer = ({ executionId, messages, onClose }: WhyDrawerProps) => {
  const why = useQuery({ ...queries.replies.why.queryOptions({ input: { executionId } }), staleTime: 0 })
  return (
    <Drawer opened onClose={onClose} title="Why this reply" size={440} closeButtonProps={{ 'aria-label': 'Close' }}>
      {why.isPending ? <Patience /> : null}
      {why.isError ? <Problem error={why.error} /> : null}
      {why.data ? <Body why={why.data} messages={messages} onLeave={onClose} /> : null}
    </Drawer>
  )
}
