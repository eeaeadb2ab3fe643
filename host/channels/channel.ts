/** What every channel (practice now, Telegram and others later) is to the rest of the house. */

export interface InboundFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export interface InboundMessage {
  /** Unique per channel; the same update offered twice is stored once. */
  readonly updateId: string
  /** The chat on the channel; one conversation each. */
  readonly chatId: string
  /** The message's id in that chat. */
  readonly externalId: string
  readonly senderName: string
  readonly text: string
  /** When the client sent it, milliseconds UTC. */
  readonly sentAt: number
  readonly files?: readonly InboundFile[]
  /** The client's time zone, where the channel knows it. */
  readonly timeZone?: string
}

export interface InboundBatch {
  readonly messages: readonly InboundMessage[]
  /** Where the channel goes on after this batch; stored in the same transaction. */
  readonly cursor: string
}

export interface Receipt {
  readonly chatId: string
  readonly externalId: string
  readonly status: 'delivered' | 'read'
  readonly at: number
}

export type ChannelState = 'off' | 'running' | 'trouble' | 'finished'

/** What a channel may ask of the house. */
export interface ChannelSink {
  /** Stores the batch; only when this resolves is it on disk and may be acknowledged. Rejects with a Problem otherwise. */
  receive(batch: InboundBatch): Promise<void>
  /** The cursor of the last stored batch; null before the first. */
  cursor(): string | null
  receipt(receipt: Receipt): void
  /** `detail` is a sentence for the coach. */
  report(state: ChannelState, detail: string): void
}

export interface OutgoingMessage {
  readonly outboxId: string
  readonly chatId: string
  readonly text: string
}

export type SendResult =
  | { readonly outcome: 'sent'; readonly externalId: string; readonly costMicros?: number }
  /** Certainly not delivered. `message` is a sentence for the coach. */
  | { readonly outcome: 'failed'; readonly message: string }
  /** May have been delivered; never sent again by itself. */
  | { readonly outcome: 'unknown'; readonly message: string }

export interface Channel {
  /** Stable, stored with every message: `practice`, `telegram`, … */
  readonly name: string
  /** As the coach reads it. */
  readonly title: string
  /** Clients of this channel are invented, for rehearsal. */
  readonly isPractice: boolean
  start(sink: ChannelSink): void
  stop(): Promise<void>
  send(message: OutgoingMessage): Promise<SendResult>
  /** Asks the channel whether an earlier send arrived; absent where it cannot tell. */
  reconcile?(message: OutgoingMessage): Promise<SendResult>
}
