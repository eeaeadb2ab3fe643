import './inbox.css'
import './thread.css'
import { Drawer } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { setUi, useUi } from '../../app/ui.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Kbd } from '../../components/Kbd.tsx'
import { ClientPane } from './ClientPane.tsx'
import { ConversationList } from './ConversationList.tsx'
import { Thread } from './Thread.tsx'

/** List, thread and client side by side; on narrow windows one after the other. */
export const InboxScreen = ({ openId }: { readonly openId: string | null }) => {
  const isPaneOpen = useUi((ui) => ui.isClientPaneOpen)
  return (
    <div className={`inbox ${openId ? 'has-thread' : ''}`}>
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
        <main className="no-thread">
          <EmptyState icon={<IconMessage2 />} title="No conversation is open">
            Choose one from the list, or press <Kbd>J</Kbd> for the first.
          </EmptyState>
        </main>
      )}
    </div>
  )
}
