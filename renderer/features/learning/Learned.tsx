import { IconSchool } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { hrefTo } from '../../app/router.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { dayThere, useNow } from '../../components/time.ts'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { type Range, type Span, spanOf } from '../reports/range.ts'
import { Confidence } from './Confidence.tsx'
import { InterventionDrawer } from './intervention/InterventionDrawer.tsx'
import { LearnedBehind } from './LearnedBehind.tsx'
import { LearnedProvider, type Overview, type Shown, useLearned } from './learnedContext.ts'
import { SaveLearned } from './SaveLearned.tsx'
import { Approaches } from './sections/Approaches.tsx'
import { ConfidenceTrend } from './sections/ConfidenceTrend.tsx'
import { OverTime } from './sections/OverTime.tsx'
import { Phrases } from './sections/Phrases.tsx'
import { Recent } from './sections/Recent.tsx'
import { Drift, Style } from './sections/Style.tsx'
import { Responses, Techniques } from './sections/Techniques.tsx'

const NothingYet = () => (
  <EmptyState icon={<IconSchool />} title="Nothing was learned yet">
    Take over a conversation, answer in your own words, and hand it back. What you did is read here on this machine, and
    this page then says what the clone learned from it. You can correct and undo each of it. You can also start from{' '}
    <a href={hrefTo('learning', 'past')}>conversations you had before</a>. What you change in drafts stands under{' '}
    <a href={hrefTo('learning', 'rules')}>Rules</a>.
    <a className="button" href={hrefTo('inbox')}>
      Go to the inbox
    </a>
  </EmptyState>
)

const apartWords = ({ practice, undone }: Pick<Overview, 'practice' | 'undone'>): string => {
  const apart = [
    practice > 0 ? `${practice} with ${practice === 1 ? 'a practice client' : 'practice clients'}` : '',
    undone > 0 ? `${undone} that you undid` : '',
  ].filter(Boolean)
  return apart.length === 0
    ? ''
    : `${apart.join(' and ')} ${practice + undone === 1 ? 'is' : 'are'} listed but not counted.`
}

const Facts = ({ overview, span }: { readonly overview: Overview; readonly span: Span }) => {
  const { show } = useLearned()
  const { interventions, since } = overview
  return (
    <div className="learned-facts">
      <p>
        {interventions === 0 || since === null ? (
          'No intervention counts yet.'
        ) : (
          <>
            <button
              type="button"
              className="link-button"
              onClick={() => show({ what: 'interventions' }, 'Interventions that were analysed')}
            >
              {plural(interventions, 'intervention')}
            </button>{' '}
            analysed, since {dayThere(since, null)}.
          </>
        )}{' '}
        <span className="muted">{apartWords(overview)}</span>
      </p>
      <SaveLearned span={span} />
    </div>
  )
}

const halfMinute = 30_000

/** What was learned from the coach, with the messages behind each figure. */
export const Learned = () => {
  const now = useNow() + halfMinute
  const [range, setRange] = useState<Range>('90')
  const [shown, setShown] = useState<Shown | null>(null)
  const [opened, setOpened] = useState<{ readonly id: string; readonly mode: 'read' | 'correct' } | null>(null)
  const overview = useQuery(queries.learning.overview.queryOptions())
  const context = useMemo(
    () => ({
      show: (figure: Shown['figure'], title: string) => setShown({ figure, title }),
      open: (id: string, mode: 'read' | 'correct' = 'read') => setOpened({ id, mode }),
    }),
    [],
  )
  if (overview.isPending) return <Patience />
  if (overview.isError) return <Problem error={overview.error} onRetry={() => void overview.refetch()} />
  const { interventions, practice, undone, profile } = overview.data
  if (interventions + practice + undone === 0 && profile === null) return <NothingYet />
  const span = spanOf(range, false, now)
  return (
    <LearnedProvider value={context}>
      <Facts overview={overview.data} span={span} />
      {profile ? <Style profile={profile} /> : null}
      <Techniques techniques={overview.data.techniques} />
      <Phrases profile={profile} phraseMarks={overview.data.phraseMarks} />
      <Approaches approaches={overview.data.approaches} approachCount={overview.data.approachCount} />
      <Responses responses={overview.data.responses} />
      <ConfidenceTrend trend={profile?.aiConfidenceTrend ?? []} />
      <Confidence />
      {interventions + practice + undone > 0 ? <Recent /> : null}
      <OverTime range={range} span={span} onRange={setRange} />
      <Drift drift={profile?.drift ?? []} />
      {shown ? (
        <LearnedBehind
          {...shown}
          onOpen={(id) => {
            setShown(null)
            setOpened({ id, mode: 'read' })
          }}
          onClose={() => setShown(null)}
        />
      ) : null}
      {opened ? (
        <InterventionDrawer interventionId={opened.id} mode={opened.mode} onClose={() => setOpened(null)} />
      ) : null}
    </LearnedProvider>
  )
}
