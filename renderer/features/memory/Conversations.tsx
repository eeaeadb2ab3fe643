import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MemoryRollUp, MemorySession } from '../../../shared/contract/memory.ts'
import { summaryPeriods } from '../../../shared/taxonomy/memory.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { mediumTime } from '../../components/time.ts'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { feelingWords, sentimentWords } from './words.ts'

const pageSize = 5

const choices = ['session', ...summaryPeriods] as const
type Choice = (typeof choices)[number]
const choiceWords = {
  session: 'Each',
  daily: 'By day',
  weekly: 'By week',
  monthly: 'By month',
} as const satisfies Record<Choice, string>

type Said = Pick<MemorySession, 'topics' | 'insights' | 'actionItems' | 'progress' | 'challenges'>

/** What was spoken about, and what the client said, in their own words. */
const SaidThere = ({ said }: { readonly said: Said }) => {
  const lists = [
    ['Spoke about', said.topics],
    ['In their words', said.insights],
    ['Went well', said.progress],
    ['Was hard', said.challenges],
    ['Means to', said.actionItems],
  ] as const
  const told = lists.filter(([, texts]) => texts.length > 0)
  if (told.length === 0) return <p className="small muted">Nothing stood out.</p>
  return (
    <dl className="memory-said">
      {told.map(([title, texts]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd dir="auto">{title === 'Spoke about' ? texts.join(', ') : texts.join(' · ')}</dd>
        </div>
      ))}
    </dl>
  )
}

const facts = (...words: readonly (string | null)[]): string => words.filter((word) => word !== null).join(' · ')
const motivation = (level: number | null): string | null => (level === null ? null : `motivation ${level} of 10`)

const SessionRow = ({ session }: { readonly session: MemorySession }) => (
  <li className="memory-row">
    <p>
      <a href={hrefTo('inbox', session.conversationId, { at: session.firstSeq })}>{mediumTime(session.startedAt)}</a>
    </p>
    <p className="memory-facts">
      {facts(
        plural(session.messageCount, 'message'),
        feelingWords[session.emotionalState],
        motivation(session.motivation),
      )}
    </p>
    <SaidThere said={session} />
  </li>
)

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })

const RollUpRow = ({ rollUp }: { readonly rollUp: MemoryRollUp }) => {
  const [from, to] = [new Date(rollUp.from), new Date(rollUp.to)]
  return (
    <li className="memory-row">
      <p>{rollUp.from === rollUp.to ? day.format(from) : day.formatRange(from, to)}</p>
      <p className="memory-facts">
        {facts(
          plural(rollUp.sessionCount, 'conversation'),
          plural(rollUp.messageCount, 'message'),
          sentimentWords[rollUp.sentiment],
          motivation(rollUp.motivation),
        )}
      </p>
      <SaidThere said={rollUp} />
    </li>
  )
}

const paging = { initialPageParam: 0, getNextPageParam: (page: { next: number | null }) => page.next ?? undefined }

/** What was spoken about, conversation by conversation or summed up. */
export const Conversations = ({ clientId, total }: { readonly clientId: string; readonly total: number }) => {
  const [choice, setChoice] = useState<Choice>('session')
  const sessions = useInfiniteQuery({
    ...queries.memory.sessions.infiniteOptions({
      input: (offset: number) => ({ clientId, offset, limit: pageSize }),
      ...paging,
    }),
    enabled: choice === 'session',
  })
  const rollUps = useInfiniteQuery({
    ...queries.memory.rollUps.infiniteOptions({
      input: (offset: number) => ({
        clientId,
        period: choice === 'session' ? 'daily' : choice,
        offset,
        limit: pageSize,
      }),
      ...paging,
    }),
    enabled: choice !== 'session',
  })
  const shown = choice === 'session' ? sessions : rollUps
  return (
    <section className="memory-group" aria-labelledby="memory-conversations">
      <header className="memory-group-header">
        <h3 id="memory-conversations">
          Conversations <span className="muted">{total}</span>
        </h3>
        <fieldset className="memory-choice" aria-label="How conversations are summed up">
          {choices.map((each) => (
            <button key={each} type="button" aria-pressed={each === choice} onClick={() => setChoice(each)}>
              {choiceWords[each]}
            </button>
          ))}
        </fieldset>
      </header>
      {shown.isPending ? <Patience /> : null}
      {shown.isError ? <Problem error={shown.error} onRetry={() => void shown.refetch()} /> : null}
      <ul className="memory-rows" aria-labelledby="memory-conversations">
        {choice === 'session'
          ? sessions.data?.pages
              .flatMap((page) => page.rows)
              .map((session) => <SessionRow key={session.id} session={session} />)
          : rollUps.data?.pages
              .flatMap((page) => page.rows)
              .map((rollUp) => <RollUpRow key={rollUp.id} rollUp={rollUp} />)}
      </ul>
      {shown.hasNextPage ? (
        <Button kind="quiet" isBusy={shown.isFetchingNextPage} onClick={() => void shown.fetchNextPage()}>
          Show earlier ones
        </Button>
      ) : null}
    </section>
  )
}
