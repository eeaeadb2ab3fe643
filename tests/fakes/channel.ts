import type { Channel, ChannelSink, InboundFile, OutgoingMessage, SendResult } from '../../host/channels/index.ts'

export interface FakeChannel {
  readonly channel: Channel
  /** Everything that reached the far end, in order. */
  readonly sent: OutgoingMessage[]
  /** A client writes; resolves once the house has stored it. */
  write(
    chatId: string,
    text: string,
    more?: { updateId?: string; externalId?: string; files?: InboundFile[]; sentAt?: number },
  ): Promise<void>
  /** How the next sends end; without an entry they arrive. */
  readonly nextSends: (SendResult | 'throw' | 'hang')[]
  receipt(externalId: string, chatId: string, status: 'delivered' | 'read'): void
}

/** A channel whose far end the test plays, and that can misbehave on command. */
export const createFakeChannel = (name = 'fake'): FakeChannel => {
  const sent: OutgoingMessage[] = []
  const nextSends: FakeChannel['nextSends'] = []
  let sink: ChannelSink | undefined
  let updates = 0
  return {
    sent,
    nextSends,
    channel: {
      name,
      title: 'Fake channel',
      isPractice: false,
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
    },
    write: async (chatId, text, more = {}) => {
      if (!sink) throw new Error('The channel has not been started.')
      updates += 1
      const updateId = more.updateId ?? `update-${updates}`
      const files = more.files ? { files: more.files } : {}
      const message = {
        updateId,
        chatId,
        externalId: more.externalId ?? updateId,
        senderName: chatId,
        text,
        sentAt: more.sentAt ?? Date.now(),
        ...files,
      }
      await sink.receive({ messages: [message], cursor: updateId })
    },
    receipt: (externalId, chatId, status) => sink?.receipt({ externalId, chatId, status, at: Date.now() }),
  }
}
