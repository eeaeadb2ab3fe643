import type { Conversation } from '../../shared/contract/inbox.ts'
import { firstName } from '../components/words.ts'
import { askSnooze, triage } from '../features/inbox/list/triage.ts'
import { focusSearch, searchFor } from '../features/search/focus.ts'
import { settingsGroups } from '../features/settings/settingsPlaces.ts'
import { host } from '../transport/console.ts'
import { notifyProblem } from './action.ts'
import { handBack } from './handBack.ts'
import { navigate } from './router.ts'
import { setUi } from './ui.ts'
import { lastUndoable, undoLast } from './undo.ts'

export interface Command {
  readonly id: string
  readonly name: string
  readonly group: string
  readonly shortcut?: string
  readonly run: () => void
}

/** A field can take the focus only after the palette has given it back. */
const afterPaletteMs = 200

/** Looks for what was typed in all messages. */
export const searchCommand = (words: string): Command => ({
  id: 'search-for',
  name: `Search messages for “${words}”`,
  group: 'Inbox',
  run: () => searchFor(words),
})

/** Looks for what was typed in the coach's own documents. */
export const librarySearchCommand = (words: string): Command => ({
  id: 'library-search-for',
  name: `Search your knowledge for “${words}”`,
  group: 'Knowledge',
  run: () => navigate('library', 'search', { params: { words } }),
})

/** Every section of Settings, for whoever types its name. */
export const settingsCommands: readonly Command[] = settingsGroups
  .flatMap(({ places }) => places)
  .map(({ id, name }) => ({ id: `go-settings-${id}`, name, group: 'Settings', run: () => navigate('settings', id) }))

/** Takes back what Z would take back now; nothing where there is nothing. */
export const undoCommands = (): readonly Command[] => {
  const last = lastUndoable()
  if (!last) return []
  return [{ id: 'undo', name: `Undo: ${last.label}`, group: 'Inbox', shortcut: 'Z', run: () => void undoLast() }]
}

export const screenCommands: readonly Command[] = [
  { id: 'go-inbox', name: 'Inbox', group: 'Go to', run: () => navigate('inbox') },
  { id: 'go-clients', name: 'Clients', group: 'Go to', run: () => navigate('clients') },
  { id: 'go-library', name: 'Knowledge', group: 'Go to', run: () => navigate('library') },
  {
    id: 'go-library-search',
    name: 'Search your knowledge',
    group: 'Knowledge',
    run: () => navigate('library', 'search'),
  },
  { id: 'go-watched', name: 'Watched folders', group: 'Knowledge', run: () => navigate('library', 'watched') },
  { id: 'go-gaps', name: 'Questions that found nothing', group: 'Knowledge', run: () => navigate('library', 'gaps') },
  {
    id: 'go-searching',
    name: 'How your library is searched',
    group: 'Knowledge',
    run: () => navigate('library', 'searching'),
  },
  { id: 'go-learning', name: 'Learning', group: 'Go to', run: () => navigate('learning') },
  { id: 'go-reports', name: 'Reports', group: 'Go to', run: () => navigate('reports') },
  { id: 'go-crises', name: 'Safety crises', group: 'Go to', run: () => navigate('crises') },
  { id: 'go-privacy', name: 'Privacy', group: 'Go to', run: () => navigate('privacy') },
  { id: 'go-settings', name: 'Settings', group: 'Go to', run: () => navigate('settings') },
  { id: 'go-model', name: 'Connect a model', group: 'Settings', run: () => navigate('settings', 'model') },
  { id: 'go-telegram', name: 'Connect Telegram', group: 'Settings', run: () => navigate('settings', 'telegram') },
  {
    id: 'search',
    name: 'Search messages',
    group: 'Inbox',
    shortcut: '/',
    run: () => focusSearch(afterPaletteMs),
  },
  {
    id: 'shortcuts',
    name: 'Keyboard shortcuts',
    group: 'Help',
    shortcut: '?',
    run: () => setUi({ overlay: 'shortcuts' }),
  },
]

/** What can be done with the open conversation right now. */
export const threadCommands = (open: Conversation): readonly Command[] => {
  const conversationId = open.id
  const name = firstName(open.clientName)
  const attempt = (action: Promise<unknown>) => void action.catch(notifyProblem)
  const put = (kind: 'accept' | 'decline' | 'done' | 'reopen') => attempt(triage([open], { kind }))
  const group = 'This conversation'
  return [
    {
      id: 'reply',
      name: `Reply to ${name}`,
      group,
      shortcut: 'R',
      run: () => setTimeout(() => document.getElementById('reply')?.focus(), afterPaletteMs),
    },
    ...(open.owner === 'human'
      ? [
          {
            id: 'hand-back',
            name: 'Hand back to the clone',
            group,
            shortcut: 'B',
            run: () => attempt(handBack(conversationId)),
          },
        ]
      : [
          {
            id: 'take-over',
            name: 'Take over',
            group,
            shortcut: 'T',
            run: () => attempt(host.inbox.takeOver({ conversationId })),
          },
        ]),
    ...(open.handoff?.acknowledgedAt === null
      ? [
          {
            id: 'acknowledge',
            name: 'Acknowledge',
            group,
            shortcut: 'A',
            run: () => attempt(host.inbox.acknowledge({ conversationId })),
          },
        ]
      : []),
    ...(open.acceptance === 'requested'
      ? [
          { id: 'accept', name: `Accept ${name}`, group, run: () => put('accept') },
          { id: 'decline', name: `Decline ${name}`, group, run: () => put('decline') },
        ]
      : []),
    open.doneAt === null
      ? { id: 'done', name: 'Done', group, shortcut: 'E', run: () => put('done') }
      : { id: 'reopen', name: 'Back in the inbox', group, shortcut: 'E', run: () => put('reopen') },
    { id: 'snooze', name: 'Snooze…', group, shortcut: 'H', run: () => askSnooze([open]) },
  ]
}
