import type { OpenAlert } from '../../shared/contract/handoffs.ts'
import { Button } from '../components/Button.tsx'
import { useNow, waitWords } from '../components/time.ts'
import { plural, triggerWords } from '../components/words.ts'
import { host } from '../transport/console.ts'
import { useAction } from './action.ts'
import { focusBack } from './focusBack.ts'
import { hrefTo, type Route } from './router.ts'
import { useOpenAlerts } from './useCrises.ts'

const Call = ({ alert, others }: { readonly alert: OpenAlert; readonly others: number }) => {
  const now = useNow()
  const acknowledge = useAction(() => host.inbox.acknowledge({ conversationId: alert.conversationId }))
  return (
    <section className="call-bar" aria-label="A call for you">
      <p id="call-words">
        <b>{alert.clientName}</b> needs you: {triggerWords[alert.trigger]}
        <span className="muted">
          {' '}
          · for {waitWords(alert.createdAt, now) ?? 'less than a minute'}
          {others > 0 ? `, and ${plural(others, 'other client')}` : ''}
        </span>
      </p>
      <span className="row-of-buttons">
        <Button isBusy={acknowledge.isRunning} aria-describedby="call-words" onClick={() => void acknowledge.run()}>
          Acknowledge
        </Button>
        <a
          className="button"
          href={hrefTo('inbox', alert.conversationId)}
          aria-describedby="call-words"
          onClick={focusBack}
        >
          Open
        </a>
      </span>
    </section>
  )
}

/** Why the console sounds, on every screen; the open conversation says so itself, and safety crises have their own bar. */
export const AlarmCalls = ({ route }: { readonly route: Route }) => {
  const openId = route.screen === 'inbox' ? route.id : null
  const calls = (useOpenAlerts().data?.rows ?? []).filter((alert) => !alert.isCrisis && alert.conversationId !== openId)
  const oldest = calls.toSorted((a, b) => a.createdAt - b.createdAt)[0]
  if (!oldest) return null
  return <Call key={oldest.handoffId} alert={oldest} others={calls.length - 1} />
}
