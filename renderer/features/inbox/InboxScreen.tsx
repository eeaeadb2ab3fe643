import './inbox.css'
import './thread.css'
import './messages.css'
import './composer.css'
import { Drawer } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useShortcuts } from '../../app/keyboard.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { undoLast } from '../../app/undo.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Kbd } from '../../components/Kbd.tsx'
import { queries } from '../../transport/console.ts'
import { ClientPane } from './ClientPane.tsx'
import { ConversationList } from './ConversationList.tsx'
import { SnoozeDialog } from './list/SnoozeDialog.tsx'
import { Thread } from './Thread.tsx'

const NoThread = () => {
  const counts = useQuery(queries.inbox.counts.queryOptions()).data
  if (counts === undefined) return null
  const { all, snoozed, requests } = counts
  // What is put off or asks to write is not among all, and is no reason to speak of a beginning.
  const isBeginning = all + snoozed + requests === 0
  return (
    <EmptyState icon={<IconMessage2 />} title={isBeginning ? 'Nothing to read yet' : 'No conversation is open'}>
      {isBeginning ? (
        'The first conversation opens here.'
      ) : (
        <>
          Choose one from the list, or press <Kbd>J</Kbd> for the first.
        </>
      )}
    </EmptyState>
  )
}

/** List, thread and client side by side; on narrow windows one after the other. */
export const InboxScreen = ({ openId }: { readonly openId: string | null }) => {
  const isPaneOpen = useUi((ui) => ui.isClientPaneOpen)
  useShortcuts({
    z: () => {
      void undoLast()
      return true
    },
  })
  return (
    <main className={`inbox ${openId ? 'has-thread' : ''}`}>
      <ConversationList openId={openId} />
      {openId ? (
        <>
          <Thread key={openId} conversationId={openId} />
          <aside className="client-pane" aria-label="Client">
            <ClientPane key={openId} conversationId={openId} />
          </aside>
          <Drawer
            opened={isPaneOpen}
            onClose={() => setUi({ isClientPaneOpen: false })}
            title="Client"
            size={360}
            closeButtonProps={{ 'aria-label': 'Close' }}
          >
            <ClientPane key={openId} conversationId={openId} />
          </Drawer>
        </>
      ) : (
        <div className="no-thread">
          <NoThread />
        </div>
      )}
      <SnoozeDialog />
    </main>
  )
}
