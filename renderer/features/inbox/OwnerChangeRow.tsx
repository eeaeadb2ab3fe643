import type { OwnerChange } from '../../../shared/contract/messages.ts'
import type { Owner } from '../../../shared/taxonomy/conversation.ts'
import { hrefTo } from '../../app/router.ts'
import { clockTime, exactTime, mediumTime } from '../../components/time.ts'
import { triggerWords } from '../../components/words.ts'
import type { LogItem } from './logItems.ts'
import { useThread } from './threadContext.ts'

const deedOf = ({ from, to, byCoach }: OwnerChange): string => {
  switch (to) {
    case 'locked':
      return from === 'locked' ? 'Danger was read again' : 'Locked'
    case 'waiting':
      return 'Handed to you'
    case 'human':
      return 'You took over'
    case 'ai':
      return byCoach ? 'You handed back' : 'Back with the clone'
  }
}

const sinceThen = {
  ai: null,
  waiting: 'the clone is silent',
  human: 'the clone is silent',
  locked: 'only you can answer',
} as const satisfies Record<Owner, string | null>

/** One change of hands, at its place among the messages. */
export const OwnerChangeRow = ({ item }: { readonly item: Extract<LogItem, { kind: 'owner' }> }) => {
  const { change, isCurrent, isSameDay } = item
  const { showLearned } = useThread()
  const { interventionId } = change
  const more = [change.to === 'waiting' ? triggerWords[change.trigger] : null, isCurrent ? sinceThen[change.to] : null]
  return (
    <div className="log-owner">
      {deedOf(change)}{' '}
      <time dateTime={new Date(change.at).toISOString()} title={exactTime(change.at)}>
        {isSameDay ? `at ${clockTime(change.at)}` : `on ${mediumTime(change.at)}`}
      </time>
      {more.map((fact) => (fact === null ? null : ` · ${fact}`))}
      {change.hasCrisisRecord ? (
        <>
          {' · '}
          <a href={hrefTo('crises', change.id)}>Crisis record</a>
        </>
      ) : null}
      {interventionId === null ? null : (
        <>
          {' · '}
          <button type="button" className="link-button" onClick={() => showLearned(interventionId)}>
            Learned from this
          </button>
        </>
      )}
    </div>
  )
}
