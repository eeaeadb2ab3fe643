import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { Composer, focusMessages, focusReply } from './Composer.tsx'
import { DraftCard } from './DraftCard.tsx'
import { useRescuedEdits } from './draftEdits.ts'
import { HandoffBanner } from './HandoffBanner.tsx'
import { MessageLog } from './MessageLog.tsx'
import { ThreadHeader } from './ThreadHeader.tsx'
import { useNewFrom, useReading } from './useReading.ts'
import { useThreadActions } from './useThreadActions.ts'
import { useThreadWindow } from './useThreadWindow.ts'

const WhyDrawer = lazy(() => import('./WhyDrawer.tsx').then((module) => ({ default: module.WhyDrawer })))

const isAiNotice = (message: Message): boolean => message.metadata.notice === 'ai_disclosure'

export const Thread = ({ conversationId }: { readonly conversationId: string }) => {
  const conversation = useQuery(queries.inbox.conversation.queryOptions({ input: { conversationId } }))
  const { thread, loadEarlier } = useThreadWindow(conversationId)
  const [isAtEnd, setAtEnd] = useState(false)
  const [why, setWhy] = useState<string | null>(null)
  const shown = conversation.data
  const newFromSeq = useNewFrom(shown, thread.data)
  const reading = useReading(shown, isAtEnd && thread.isSuccess)
  const actions = useThreadActions(conversationId)
  useRescuedEdits(shown)
  const whyOpener = useRef<Element | null>(null)
  const showWhy = useCallback((executionId: string) => {
    whyOpener.current = document.activeElement
    setWhy(executionId)
  }, [])
  const closeWhy = () => {
    setWhy(null)
    // The drawer gives up the focus only once it is gone.
    setTimeout(() => {
      const opener = whyOpener.current
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus()
      else focusMessages()
    })
  }

  const waits = shown?.owner === 'waiting' || shown?.owner === 'locked'
  useShortcuts({
    r: () => focusReply(),
    t: () => (shown && shown.owner !== 'human' ? void actions.takeOver.run() : undefined),
    b: () => (shown?.owner === 'human' ? void actions.handBack.run() : undefined),
    a: () => (waits && shown.handoff?.acknowledgedAt === null ? void actions.acknowledge.run() : undefined),
    u: () => void actions.markUnread.run().then((worked) => worked && reading.holdUnread()),
  })

  if (conversation.isError && !shown) {
    return (
      <section className="thread thread-problem" aria-label="Conversation">
        <Problem error={conversation.error} onRetry={() => void conversation.refetch()} />
      </section>
    )
  }
  if (!shown || !thread.data) {
    return (
      <section className="thread" aria-label="Conversation">
        {thread.isError ? <Problem error={thread.error} onRetry={() => void thread.refetch()} /> : <Patience />}
      </section>
    )
  }
  const wasEdited = thread.data.messages.some(
    ({ metadata }) => metadata.execution_id === why && metadata.original_draft !== undefined,
  )
  return (
    <section className="thread" aria-label={`Conversation with ${shown.clientName}`}>
      <ThreadHeader conversation={shown} actions={actions} />
      {waits && shown.handoff ? <HandoffBanner conversation={shown} handoff={shown.handoff} actions={actions} /> : null}
      <MessageLog
        conversation={shown}
        window={thread.data}
        newFromSeq={newFromSeq}
        onNearStart={loadEarlier}
        onAtEnd={setAtEnd}
        onWhy={showWhy}
      />
      {shown.draft ? (
        <DraftCard
          key={shown.draft.id}
          draft={shown.draft}
          conversationId={conversationId}
          clientName={shown.clientName}
          comesWithNotice={!thread.data.hasEarlier && !thread.data.messages.some(isAiNotice)}
          onWhy={showWhy}
        />
      ) : null}
      <Composer conversation={shown} />
      <Suspense>{why ? <WhyDrawer executionId={why} wasEdited={wasEdited} onClose={closeWhy} /> : null}</Suspense>
    </section>
  )
}
