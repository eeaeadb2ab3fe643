import { useInfiniteQuery } from '@tanstack/react-query'
import type { LearnedIntervention } from '../../../../shared/contract/learning.ts'
import { noReactionWords, reactionWords } from '../../../../shared/taxonomy/learningWords.ts'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { hrefTo } from '../../../app/router.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { Ago } from '../../../components/Time.tsx'
import { queries } from '../../../transport/console.ts'
import { useActive } from '../intervention/useActive.ts'
import { useLearned } from '../learnedContext.ts'
import { stepsWords } from '../words.ts'
import { Section } from './Section.tsx'

const perPage = 6

const Row = ({ one }: { readonly one: LearnedIntervention }) => {
  const { open } = useLearned()
  const active = useActive(one)
  const about = `${one.clientName}, ${situationWords[one.situation]}`
  return (
    <li className={`learned-row recent-row ${one.isActive ? '' : 'is-off'}`}>
      <p className="recent-words">
        With <a href={hrefTo('inbox', one.conversationId, { at: one.firstSeq })}>{one.clientName}</a>, in{' '}
        {situationWords[one.situation]}: {stepsWords(one.moves).toLowerCase()}.{' '}
        {one.reaction === null ? noReactionWords : reactionWords[one.reaction]}
        {one.answer === '' ? (
          '.'
        ) : (
          <>
            : “<span dir="auto">{one.answer}</span>”
          </>
        )}
      </p>
      <p className="small muted">
        <Ago time={one.endedAt} />
        {one.isPractice ? ' · practice, in no figure' : null}
        {one.isCorrected ? ' · corrected by you' : null}
        {one.isActive ? null : ' · undone, in no figure'}
      </p>
      <div className="marking">
        <Button kind="quiet" aria-label={`Why: ${about}`} onClick={() => open(one.id)}>
          Why
        </Button>
        <Button kind="quiet" aria-label={`Correct: ${about}`} onClick={() => open(one.id, 'correct')}>
          Correct…
        </Button>
        <Button
          kind="quiet"
          aria-label={`${one.isActive ? 'Undo' : 'Put back'}: ${about}`}
          isBusy={active.isRunning}
          onClick={() => void active.run(!one.isActive)}
        >
          {one.isActive ? 'Undo' : 'Put back'}
        </Button>
      </div>
    </li>
  )
}

/** What was learned, one intervention after the other, the newest first. */
export const Recent = () => {
  const pages = useInfiniteQuery(
    queries.learning.interventions.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: perPage, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Section id="recent" title="What was learned lately">
      {pages.isPending ? <Patience /> : null}
      {pages.isError ? <Problem error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      <ul className="learned-rows">
        {rows.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button kind="quiet" isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Section>
  )
}
