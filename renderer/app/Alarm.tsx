import { IconVolumeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { OpenAlert } from '../../shared/contract/handoffs.ts'
import { triggerWords } from '../components/words.ts'
import { useConnection } from '../transport/connection.ts'
import { queries } from '../transport/console.ts'
import { useIsSounding, useNobodySounds } from './alarmLeader.ts'
import { askForSound, loudness, playCall, useAudio } from './alarmSound.ts'
import { useOpenAlerts, useUnansweredCrises } from './useCrises.ts'

const none: readonly OpenAlert[] = []
/** The host raises the level when a call repeats; where it no longer does, the window repeats a little later. */
const lateMs = 5_000
const sayAgainAfterMs = 30_000
const blinkMs = 1_000

const inDanger = (alert: OpenAlert): string => `Safety crisis: ${alert.clientName} may be in danger.`
const stillWaits = (alert: OpenAlert): string =>
  alert.isCrisis ? inDanger(alert) : `${alert.clientName} still waits for you: ${triggerWords[alert.trigger]}.`

/** Counts up with every call and with each of its repeats, until all are acknowledged. */
const useRings = (alerts: readonly OpenAlert[], repeatMs: number) => {
  const levels = useRef<ReadonlyMap<string, number>>(new Map())
  const [rings, setRings] = useState({ count: 0, fresh: none })
  useEffect(() => {
    const fresh = alerts.filter((alert) => !levels.current.has(alert.handoffId))
    const isLouder = alerts.some((alert) => alert.level > (levels.current.get(alert.handoffId) ?? 0))
    levels.current = new Map(alerts.map((alert) => [alert.handoffId, alert.level]))
    if (isLouder) setRings(({ count }) => ({ count: count + 1, fresh }))
  }, [alerts])
  const isCalling = alerts.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: each ring winds the clock up anew
  useEffect(() => {
    if (!isCalling) return
    const timer = setTimeout(() => setRings(({ count }) => ({ count: count + 1, fresh: none })), repeatMs + lateMs)
    return () => clearTimeout(timer)
  }, [isCalling, repeatMs, rings])
  return rings
}

/** What a screen reader says at once: new crises, and whoever still waits, but that not more often than each half minute. */
const useSpokenAlarm = (alerts: readonly OpenAlert[], rings: ReturnType<typeof useRings>) => {
  const saidAt = useRef(0)
  const [spoken, setSpoken] = useState({ count: 0, words: '' })
  const latest = useRef(alerts)
  latest.current = alerts
  useEffect(() => {
    if (rings.count === 0) return
    const freshCrises = rings.fresh.filter((alert) => alert.isCrisis)
    // The first word about anything else is the announcer's, and it is a polite one.
    const isRepeat = rings.fresh.length === 0 && Date.now() - saidAt.current >= sayAgainAfterMs
    const words = isRepeat ? latest.current.map(stillWaits).join(' ') : freshCrises.map(inDanger).join(' ')
    if (rings.fresh.length > 0 || isRepeat) saidAt.current = Date.now()
    if (words !== '') setSpoken(({ count }) => ({ count: count + 1, words }))
  }, [rings])
  return alerts.length > 0 ? spoken : null
}

const callWords = (alerts: readonly OpenAlert[]): string => {
  if (alerts.some((alert) => alert.isCrisis)) return '⚠ Safety crisis · '
  return alerts.length > 0 ? '● Needs you · ' : ''
}

/** The window's title counts who needs the coach, blinks while somebody calls, and says when nobody can. */
const useTitle = (alerts: readonly OpenAlert[]) => {
  const needsMe = useQuery(queries.inbox.counts.queryOptions()).data?.needsMe ?? 0
  const isAway = useConnection(({ state }) => state === 'lost' || state === 'refused')
  const isUnanswered = useUnansweredCrises().length > 0
  const call = callWords(alerts)
  useEffect(() => {
    const quiet = isAway
      ? 'No connection · OpenCoach'
      : `${isUnanswered ? '⚠ ' : ''}${needsMe > 0 ? `(${needsMe}) ` : ''}OpenCoach`
    document.title = `${call}${quiet}`
    if (call === '') return
    const timer = setInterval(() => {
      document.title = document.title === quiet ? `${call}${quiet}` : quiet
    }, blinkMs)
    return () => clearInterval(timer)
  }, [needsMe, isUnanswered, isAway, call])
}

/** What browsers take for the coach's own act. Not the press alone: what then moves would lose the click it begins. */
const gestures = ['click', 'keydown'] as const

const useSoundAfterGesture = (isAudible: boolean) => {
  useEffect(() => {
    if (isAudible) return
    for (const gesture of gestures) window.addEventListener(gesture, askForSound, { capture: true })
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, askForSound, { capture: true })
    }
  }, [isAudible])
}

/** Calls the coach until every call is acknowledged: heard in one window, said to screen readers, seen in the title. */
export const Alarm = () => {
  const alerts = useOpenAlerts().data?.rows ?? none
  const settings = useQuery(queries.settings.get.queryOptions()).data
  const rings = useRings(alerts, (settings?.alertRepeatSeconds ?? 30) * 1_000)
  const spoken = useSpokenAlarm(alerts, rings)
  const audio = useAudio((known) => known.state)
  const isSounding = useIsSounding(audio === 'audible')
  const isWanted = settings?.alertSound === true && alerts.length > 0
  const isUnheard = useNobodySounds(isWanted) && audio === 'blocked'
  useTitle(alerts)
  useSoundAfterGesture(audio === 'audible')

  const sound = useRef(() => {})
  sound.current = () => {
    if (!isWanted) return
    const isCrisis = alerts.some((alert) => alert.isCrisis)
    const level = Math.max(...alerts.filter((alert) => alert.isCrisis === isCrisis).map((alert) => alert.level))
    playCall({ isCrisis, gain: loudness(settings.alertVolume, level) })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each ring anew, as an answer may have been lost
  useEffect(() => {
    if (isWanted) askForSound()
  }, [rings, isWanted])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each ring, and when this window comes to sound
  useEffect(() => {
    if (isSounding) sound.current()
  }, [rings, isSounding])

  return (
    <>
      {spoken?.words ? (
        <p key={spoken.count} role="alert" className="visually-hidden">
          {spoken.words}
        </p>
      ) : null}
      {isUnheard ? (
        <p className="alarm-blocked">
          <IconVolumeOff size={16} stroke={1.8} aria-hidden="true" /> Click once so that alerts can be heard.
        </p>
      ) : null}
    </>
  )
}
