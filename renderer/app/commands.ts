import type { Conversation } from '../../shared/contract/inbox.ts'
import { firstName } from '../components/words.ts'
import { host } from '../transport/console.ts'
import { notifyProblem } from './action.ts'
import { handBack } from './handBack.ts'
import { navigate } from './router.ts'
import { setUi } from './ui.ts'

export interface Command {
  readonly id: string
  readonly name: string
  readonly group: string
  readonly shortcut?: string
  readonly run: () => void
}

export const screenCommands: readonly Command[] = [
  { id: 'go-inbox', name: 'Inbox', group: 'Go to', run: () => navigate('inbox') },
  { id: 'go-clients', name: 'Clients', group: 'Go to', run: () => navigate('clients') },
  { id: 'go-privacy', name: 'Privacy', group: 'Go to', run: () => navigate('privacy') },
  { id: 'go-settings', name: 'Settings', group: 'Go to', run: () => navigate('settings') },
  { id: 'go-model', name: 'Connect a model', group: 'Settings', run: () => navigate('settings', 'model') },
  { id: 'go-backups', name: 'Backups', group: 'Settings', run: () => navigate('settings', 'backups') },
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
  const group = 'This conversation'
  return [
    {
      id: 'reply',
      name: `Reply to ${name}`,
      group,
      shortcut: 'R',
      // The field can take the focus only after the palette has given it back.
      run: () => setTimeout(() => document.getElementById('reply')?.focus(), 200),
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
  ]
}
