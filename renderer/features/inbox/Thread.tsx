import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { navigate, useRoute } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { useHeightVariable } from '../../components/useHeightVariable.ts'
import { channelName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { Composer } from './Composer.tsx'
import { answerTo } from './composerStore.ts'
import { DraftCard } from './DraftCard.tsx'
import { useRescuedEdits } from './draftEdits.ts'
import { focusMessages, focusReply } from './focus.ts'
import { HandoffBanner } from './HandoffBanner.tsx'
import { useLeaving } from './leaving.ts'
import { type LogHandle, MessageLog } from './MessageLog.tsx'
import { authorOf, previewOf } from './messageWords.ts'
import { RegeneratingCard } from './Regenerate.tsx'
import { RemoveMessage } from './RemoveMessage.tsx'
import { ThreadHeader } from './ThreadHeader.tsx'
import { ThreadNotices } from './ThreadNotices.tsx'
import { ThreadProvider } from './threadContext.ts'
import { useNewFrom, useReading } from './useReading.ts'
import { useThreadActions } from './useThreadActions.ts'
import { useThreadWindow } from './useThreadWindow.ts'

const WhyDrawer = lazy(() => import('./WhyDrawer.tsx').then((module) => ({ default: module.WhyDrawer })))
const TeachDialog = lazy(() =>
  import('../learning/TeachDialog.tsx').then((module) => ({ default: module.TeachDialog })),
)

const InterventionDrawer = lazy(() =>
  import('../learning/intervention/InterventionDrawer.tsx').then((module) => ({ default: module.InterventionDrawer })),
)

const answerable = (messages: readonly Message[]): Message | undefined => {
  const id = document.activeElement?.closest('[data-message-id]')?.getAttribute('data-message-id')
  return messages.find((message) => message.id === id && message.removedAt === null && message.waiting === null)
}

/** What is told about in a drawer, and where the focus goes back to when it is closed. */
const useDrawer = () => {
  const [shown, setShown] = useState<string | null>(null)
  const opener = useRef<Element | null>(null)
  const show = useCallback((id: string) => {
    opener.current = document.activeElement
    setShown(id)
  }, [])
  const close = () => {
    setShown(null)
    // The drawer gives up the focus only once it is gone.
    setTimeout(() => {
      const before = opener.current
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus()
      else focusMessages()
    })
  }
  return { shown, show, close }
}

export const Thread = ({ conversationId }: { readonly conversationId: string }) => {
  const { at } = useRoute()
  const conversation = useQuery(queries.inbox.conversation.queryOptions({ input: { conversationId } }))
  const { thread, loadEarlier, loadLater } = useThreadWindow(conversationId, at)
  const [isAtEnd, setAtEnd] = useState(false)
  const [removing, setRemoving] = useState<Message | null>(null)
  const [teaching, setTeaching] = useState<Message | null>(null)
  const { shown: why, show: showWhy, close: closeWhy } = useDrawer()
  const { shown: learned, show: showLearned, close: closeLearned } = useDrawer()
  const log = useRef<LogHandle>(null)
  const foot = useHeightVariable('--thread-foot')
  const shown = conversation.data
  const newFromSeq = useNewFrom(shown, thread.data)
  const reading = useReading(shown, isAtEnd && thread.isSuccess)
  const actions = useThreadActions(conversationId)
  const leaving = useLeaving(conversationId)
  useRescuedEdits(shown)

  const jumpTo = useCallback(
    (seq: number) => {
      if (!log.current?.goTo(seq)) navigate('inbox', conversationId, { at: seq })
    },
    [conversationId],
  )
  const replyTo = useCallback(
    (message: Message) => {
      answerTo(conversationId, {
        messageId: message.id,
        seq: message.seq,
        author: authorOf(message),
        preview: previewOf(message),
      })
      // A menu gives the focus back before the field can have it.
      setTimeout(focusReply, 50)
    },
    [conversationId],
  )
  const clientName = shown?.clientName ?? ''
  const channelTitle = channelName(shown?.channel ?? '')
  const context = useMemo(
    () => ({
      conversationId,
      clientName,
      channelTitle,
      showWhy,
      showLearned,
      jumpTo,
      replyTo,
      askToRemove: setRemoving,
      askToLearn: setTeaching,
    }),
    [conversationId, clientName, channelTitle, showWhy, showLearned, jumpTo, replyTo],
  )
  const goToLatest = () => {
    if (thread.data?.hasLater) navigate('inbox', conversationId)
    else log.current?.goToEnd()
  }

  const waits = shown?.owner === 'waiting' || shown?.owner === 'locked'
  useShortcuts({
    r: () => {
      const focused = answerable(thread.data?.messages ?? [])
      return focused ? (replyTo(focused) ?? undefined) : focusReply()
    },
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
  const isGone = thread.data.messages.some(({ metadata }) => metadata.execution_id === leaving?.executionId)
  return (
    <ThreadProvider value={context}>
      <section className="thread" aria-label={`Conversation with ${shown.clientName}`}>
        <ThreadHeader conversation={shown} actions={actions} />
        {waits && shown.handoff ? (
          <HandoffBanner conversation={shown} handoff={shown.handoff} actions={actions} />
        ) : null}
        <ThreadNotices conversation={shown} messages={thread.data.messages} actions={actions} />
        <MessageLog
          key={at}
          handle={log}
          at={at}
          conversation={shown}
          window={thread.data}
          newFromSeq={newFromSeq}
          leaving={isGone || shown.draft ? null : leaving}
          onNearStart={loadEarlier}
          onNearEnd={loadLater}
          onAtEnd={setAtEnd}
          onLatest={goToLatest}
        />
        <div className="thread-foot" ref={foot}>
          <RegeneratingCard conversation={shown} />
          {shown.draft ? (
            <DraftCard
              key={shown.draft.id}
              draft={shown.draft}
              conversationId={conversationId}
              clientName={shown.clientName}
              composerText={shown.composerText}
              onWhy={showWhy}
            />
          ) : null}
          <Composer conversation={shown} onSent={goToLatest} />
        </div>
        {removing ? <RemoveMessage message={removing} onClose={() => setRemoving(null)} /> : null}
        <Suspense>
          {teaching ? (
            <TeachDialog conversationId={conversationId} message={teaching} onClose={() => setTeaching(null)} />
          ) : null}
          {why ? <WhyDrawer executionId={why} messages={thread.data.messages} onClose={closeWhy} /> : null}
          {learned ? <InterventionDrawer interventionId={learned} onClose={closeLearned} /> : null}
        </Suspense>
      </section>
    </ThreadProvider>
  )
}
