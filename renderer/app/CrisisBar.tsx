import { useQuery } from '@tanstack/react-query'
import type { OpenAlert } from '../../shared/contract/handoffs.ts'
import { Button } from '../components/Button.tsx'
import { clockTime, useNow, waitWords } from '../components/time.ts'
import { firstName, plural } from '../components/words.ts'
import { host, queries } from '../transport/console.ts'
import { useAction } from './action.ts'
import { focusBack } from './focusBack.ts'
import { useShortcuts } from './keyboard.ts'
import { hrefTo, type Route } from './router.ts'
import { useCrises, useOpenAlerts, useUnansweredCrises } from './useCrises.ts'

const names = ([first, second, ...others]: readonly OpenAlert[]): string => {
  if (!first || !second) return first?.clientName ?? ''
  if (others.length === 0) return `${first.clientName} and ${second.clientName}`
  return `${first.clientName}, ${second.clientName} and ${plural(others.length, 'other client')}`
}

const phoneWords = (outcome: OpenAlert['ownDevice'], at: number | undefined): string | null => {
  const when = at === undefined ? '' : ` at ${clockTime(at)}`
  if (outcome === 'sent') return `your phone was called${when}`
  if (outcome === 'failed') return `your phone could not be reached${when}`
  return outcome === 'unknown' ? `your phone may not have been reached${when}` : null
}

/** Since when, how often, and whether the coach's own phone was tried. */
const CallFacts = ({ alert }: { readonly alert: OpenAlert }) => {
  const now = useNow()
  const wasPhoned = alert.ownDevice !== null && alert.ownDevice !== 'not_set_up'
  const record = useQuery({
    ...queries.handoffs.audit.queryOptions({ input: { handoffId: alert.handoffId } }),
    enabled: wasPhoned,
  }).data
  const phoned = record?.events.findLast((event) => event.alert?.route === 'own_device')
  const facts = [
    `for ${waitWords(alert.createdAt, now) ?? 'less than a minute'}`,
    alert.level > 1 ? `called ${alert.level} times` : null,
    phoneWords(alert.ownDevice, phoned?.at),
  ]
  return <span className="crisis-facts">{facts.filter(Boolean).join(' · ')}</span>
}

const Unreadable = ({ onRetry }: { readonly onRetry: () => void }) => (
  <section className="crisis-bar" aria-label="Calls for you">
    <p role="alert">Calls for you cannot be read right now. Look into the inbox yourself.</p>
    <Button className="crisis-open" onClick={onRetry}>
      Try again
    </Button>
  </section>
)

/** A client in danger stands over every screen until the coach has acknowledged it or taken over. */
export const CrisisBar = ({ route }: { readonly route: Route }) => {
  const alerts = useOpenAlerts()
  const crises = useCrises()
  const openId = route.screen === 'inbox' ? route.id : null
  // Who is open already needs no way there; the next one does.
  const first = crises.find((crisis) => crisis.conversationId !== openId) ?? crises[0]
  const unanswered = useUnansweredCrises()
  const isOpen = first?.conversationId === openId
  const acknowledge = useAction(async (conversationId: string) => host.inbox.acknowledge({ conversationId }))
  // What is open in the thread has the key first.
  const isKeyTaken = [...(alerts.data?.rows ?? []), ...unanswered].some((one) => one.conversationId === openId)
  useShortcuts({
    a: () => {
      if (!first || isKeyTaken) return false
      void acknowledge.run(first.conversationId)
      return true
    },
  })
  if (!first) return alerts.isError ? <Unreadable onRetry={() => void alerts.refetch()} /> : null
  const whom = crises.length > 1 ? ` ${firstName(first.clientName)}` : ''
  return (
    <section className="crisis-bar" aria-label="Safety crisis">
      <p id="crisis-words">
        <span aria-hidden="true">⚠ </span>
        <b>{names(crises)}</b> may be in danger.
      </p>
      <CallFacts alert={first} />
      <span className="crisis-actions">
        {isOpen ? null : (
          <Button
            className="crisis-acknowledge"
            {...(isKeyTaken ? {} : { shortcut: 'A' })}
            isBusy={acknowledge.isRunning}
            aria-describedby="crisis-words"
            onClick={() => void acknowledge.run(first.conversationId)}
          >
            Acknowledge{whom}
          </Button>
        )}
        <a
          className="button crisis-open"
          href={hrefTo('inbox', first.conversationId)}
          aria-describedby="crisis-words"
          onClick={focusBack}
        >
          Open{whom}
        </a>
        <a className="crisis-record" href={hrefTo('crises', first.handoffId)} aria-describedby="crisis-words">
          Record
        </a>
      </span>
    </section>
  )
}
