import type { TriageAction } from '../../../../shared/contract/inbox.ts'
import { currentRoute, navigate } from '../../../app/router.ts'
import { type Putting, setUi, useUi } from '../../../app/ui.ts'
import { pushUndo } from '../../../app/undo.ts'
import { untilWords } from '../../../components/time.ts'
import { plural } from '../../../components/words.ts'
import { host } from '../../../transport/console.ts'

let listed: readonly string[] = []
/** Tells in which order the list stands, so that work can go on with the next conversation. */
export const rememberOrder = (ids: readonly string[]) => {
  listed = ids
}

const underWay = new Set<string>()

const verbs = {
  done: 'marked as done',
  reopen: 'put back in the inbox',
  snooze: 'snoozed',
  read: 'marked as read',
  unread: 'marked as unread',
  accept: 'let in',
  decline: 'declined',
} as const satisfies Record<TriageAction['kind'], string>

const putsAside = (action: TriageAction): boolean => action.kind === 'done' || action.kind === 'snooze'

const labelOf = (targets: readonly Putting[], action: TriageAction): string => {
  const [only] = targets.length === 1 ? targets : []
  const who = only ? only.clientName : plural(targets.length, 'conversation')
  const until = action.kind === 'snooze' ? ` until ${untilWords(action.until, Date.now())}` : ''
  const calling = putsAside(action) ? targets.filter(({ owner }) => owner === 'waiting' || owner === 'locked') : []
  if (calling.length === 0) return `${who} ${verbs[action.kind]}${until}`
  const whose = only ? 'but stays under Needs me' : `but ${calling.length} stay under Needs me`
  return `${who} ${verbs[action.kind]}${until}, ${whose}`
}

/** The conversation to read on with after those: the next below, else the next above; null for none. */
const nextAfter = (openId: string, gone: ReadonlySet<string>): string | null => {
  const at = listed.indexOf(openId)
  const below = listed.slice(at + 1).find((id) => !gone.has(id))
  return below ?? listed.slice(0, Math.max(0, at)).findLast((id) => !gone.has(id)) ?? null
}

/** Goes on from an open conversation that was put aside; gives the way back to it. */
const goOn = (gone: ReadonlySet<string>): (() => void) => {
  const route = currentRoute()
  const openId = route.screen === 'inbox' ? route.id : null
  if (openId === null || !gone.has(openId) || useUi.getState().search !== '') return () => undefined
  navigate('inbox', nextAfter(openId, gone))
  listed = listed.filter((id) => !gone.has(id))
  return () => {
    if (currentRoute().screen === 'inbox') navigate('inbox', openId)
  }
}

/**
 * Puts conversations aside, back, read or unread, lets them in or not; Z takes it back. After done and snooze the
 * next conversation opens. Rejects with what the host says.
 */
export const triage = async (targets: readonly Putting[], action: TriageAction): Promise<void> => {
  const ids = targets.map(({ id }) => id)
  if (ids.length === 0 || ids.some((id) => underWay.has(id))) return
  for (const id of ids) underWay.add(id)
  const { before } = await host.inbox.triage({ conversationIds: ids, action }).finally(() => {
    for (const id of ids) underWay.delete(id)
  })
  const goBack = putsAside(action) ? goOn(new Set(ids)) : () => undefined
  if (targets.length === 1 && (action.kind === 'read' || action.kind === 'unread')) return
  pushUndo({
    label: labelOf(targets, action),
    undo: async () => {
      await host.inbox.restore({ before })
      goBack()
    },
  })
}

/** Asks until when; the dialog carries the choice out. */
export const askSnooze = (targets: readonly Putting[], onSnoozed: () => void = () => undefined) => {
  if (targets.length > 0) setUi({ snoozing: { targets, onSnoozed } })
}
