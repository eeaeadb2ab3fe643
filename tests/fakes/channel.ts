import type {
  ChangeResult,
  Channel,
  ChannelSink,
  CoachAlert,
  InboundBatch,
  InboundChange,
  InboundMessage,
  OutgoingMessage,
  SendResult,
  SentMessage,
} from '../../host/channels/index.ts'

type More = Partial<Omit<InboundMessage, 'chatId' | 'text'>>

export interface FakeChannel {
  readonly channel: Channel
  /** Everything that reached the far end, in order. */
  readonly sent: OutgoingMessage[]
  /** A client writes; resolves once the house has stored it. */
  write(chatId: string, text: string, more?: More): Promise<void>
  /** Something happens to messages that are there; resolves once the house has stored it. */
  change(change: InboundChange, more?: Omit<InboundBatch, 'messages' | 'changes' | 'cursor'>): Promise<void>
  /** How the next sends end; without an entry they arrive. */
  readonly nextSends: (SendResult | 'throw' | 'hang')[]
  receipt(externalId: string, chatId: string, status: 'delivered' | 'read'): void
  /** What the coach changed or deleted over there; answered with `nextChanges`, else done. */
  readonly edited: { sent: SentMessage; text: string }[]
  readonly removed: SentMessage[]
  readonly nextChanges: ChangeResult[]
  /** Calls to the coach's own device. */
  readonly alerts: CoachAlert[]
  readonly typing: string[]
}

export interface FakeChannelOptions {
  readonly name?: string
  readonly asksBeforeAccepting?: boolean
}

/** A channel whose far end the test plays, and that can misbehave on command. */
export const createFakeChannel = ({
  name = 'fake',
  asksBeforeAccepting = false,
}: FakeChannelOptions = {}): FakeChannel => {
  const sent: OutgoingMessage[] = []
  const nextSends: FakeChannel['nextSends'] = []
  const edited: FakeChannel['edited'] = []
  const removed: SentMessage[] = []
  const nextChanges: ChangeResult[] = []
  const alerts: CoachAlert[] = []
  const typing: string[] = []
  let sink: ChannelSink | undefined
  let updates = 0
  const started = (): ChannelSink => {
    if (!sink) throw new Error('The channel has not been started.')
    return sink
  }
  const changed = (): Promise<ChangeResult> => Promise.resolve(nextChanges.shift() ?? { outcome: 'done' })
  return {
    sent,
    nextSends,
    edited,
    removed,
    nextChanges,
    alerts,
    typing,
    channel: {
      name,
      title: 'Fake channel',
      isPractice: false,
      asksBeforeAccepting,
      start: (given) => {
        sink = given
      },
      stop: () => Promise.resolve(),
      send: (message) => {
        const next = nextSends.shift()
        if (next === 'hang') return new Promise(() => undefined)
        if (next === 'throw') return Promise.reject(new Error('socket closed'))
        if (next && next.outcome !== 'sent') return Promise.resolve(next)
        sent.push(message)
        return Promise.resolve(next ?? { outcome: 'sent', externalId: `out-${sent.length}` })
      },
      edit: (message, text) => {
        edited.push({ sent: message, text })
        return changed()
      },
      remove: (message) => {
        removed.push(message)
        return changed()
      },
      typing: (chatId) => void typing.push(chatId),
      alertCoach: (alert) => {
        alerts.push(alert)
        return Promise.resolve({ outcome: 'sent', externalId: `alert-${alerts.length}` })
      },
      canAlertCoach: () => true,
    },
    write: async (chatId, text, more = {}) => {
      updates += 1
      const updateId = more.updateId ?? `update-${updates}`
      const message = {
        externalId: updateId,
        senderName: chatId,
        sentAt: Date.now(),
        ...more,
        updateId,
        chatId,
        text,
      } satisfies InboundMessage
      await started().receive({ messages: [message], cursor: updateId })
    },
    change: async (change, more = {}) => {
      await started().receive({ messages: [], changes: [change], cursor: change.updateId, ...more })
    },
    receipt: (externalId, chatId, status) => sink?.receipt({ externalId, chatId, status, at: Date.now() }),
  }
}
