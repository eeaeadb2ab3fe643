import type { UnreadableKind } from '../../shared/taxonomy/conversation.ts'

/** What every channel (practice, Telegram and others later) is to the rest of the house. */

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
  /** The client's name, where somebody else than the client wrote this. */
  readonly clientName?: string
  /** Words, a caption, or our own words for what has none, such as a shared location. */
  readonly text: string
  /** When it was sent, milliseconds UTC. */
  readonly sentAt: number
  readonly files?: readonly InboundFile[]
  /** The client's time zone, where the channel knows it. */
  readonly timeZone?: string
  /** As the channel calls the client, such as `@name`. */
  readonly handle?: string
  /** The external id of the message in this chat that this one answers. */
  readonly replyTo?: string
  /** Absent: the client. `coach`: written by the coach on their own device, so a person has answered. */
  readonly from?: 'client' | 'coach'
  /** The message carries something nobody can read here. */
  readonly unreadable?: UnreadableKind
}

/** What happens to messages that are there already; applied after the batch's new messages, in order. */
export type InboundChange =
  | {
      readonly kind: 'edit'
      readonly updateId: string
      readonly chatId: string
      readonly externalId: string
      readonly text: string
      /** Milliseconds UTC. */
      readonly editedAt: number
    }
  | {
      readonly kind: 'removal'
      readonly updateId: string
      readonly chatId: string
      readonly externalIds: readonly string[]
      readonly removedAt: number
    }
  /** The client's opinion of a reply; null takes it back. */
  | {
      readonly kind: 'opinion'
      readonly updateId: string
      readonly chatId: string
      readonly externalId: string
      readonly isHelpful: boolean | null
    }
  /** The client blocked the channel, or let it in again. */
  | { readonly kind: 'reach'; readonly updateId: string; readonly chatId: string; readonly isReachable: boolean }
  /** The chat has turned out to be the coach's own: nobody there asks to be let in. */
  | { readonly kind: 'own_chat'; readonly updateId: string; readonly chatId: string }
  /** The coach acknowledged an alert on their own device. */
  | { readonly kind: 'acknowledged'; readonly updateId: string; readonly handoffId: string }

export interface InboundBatch {
  readonly messages: readonly InboundMessage[]
  readonly changes?: readonly InboundChange[]
  /** Messages of this time may be missing on this channel, milliseconds UTC; shown in each of its threads. */
  readonly gap?: { readonly from: number; readonly to: number }
  /** What the channel wants to remember, as JSON; stored in the same transaction. Absent: as before. */
  readonly memory?: unknown
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

/** One request to the channel's servers; sends are recorded by the outbox itself. */
export interface ChannelCall {
  readonly purpose: 'channel_poll' | 'channel_change' | 'channel_alert' | 'channel_setup' | 'channel_file'
  readonly bytesOut: number
  readonly bytesIn: number
  readonly ok: boolean
  readonly latencyMs: number
}

/** What a channel may ask of the house. */
export interface ChannelSink {
  /** Stores the batch; only when this resolves is it on disk and may be acknowledged. Rejects with a Problem otherwise. */
  receive(batch: InboundBatch): Promise<void>
  /** The cursor of the last stored batch; null before the first. */
  cursor(): string | null
  /** The memory of the last batch that had one; null before. */
  memory(): unknown
  receipt(receipt: Receipt): void
  /** `detail` is a sentence for the coach. */
  report(state: ChannelState, detail: string): void
  /** Writes a call into the ledger; polls are added up by the hour. */
  record(call: ChannelCall): void
}

export interface OutgoingMessage {
  readonly outboxId: string
  readonly chatId: string
  readonly text: string
  /** Fixed words of the console, such as the one that tells a client that an AI answers. */
  readonly isNotice?: boolean
  /** The external id of the message in this chat that this one answers. */
  readonly replyTo?: string
}

export type SendResult =
  | {
      readonly outcome: 'sent'
      /** The id of the first part, where the channel had to split the text. */
      readonly externalId: string
      /** The ids of the further parts. */
      readonly furtherIds?: readonly string[]
      readonly costMicros?: number
    }
  /** Certainly not delivered. `message` is a sentence for the coach. */
  | { readonly outcome: 'failed'; readonly message: string }
  /** Certainly not delivered, and worth another try then: the row waits in the outbox and is checked again. */
  | { readonly outcome: 'later'; readonly afterMs: number; readonly message: string }
  /** May have been delivered; never sent again by itself. */
  | { readonly outcome: 'unknown'; readonly message: string }

export interface SentMessage {
  readonly chatId: string
  /** Every part of it, first to last. */
  readonly externalIds: readonly string[]
}

export type ChangeResult =
  | { readonly outcome: 'done' }
  /** `message` is a sentence for the coach. */
  | { readonly outcome: 'refused'; readonly message: string }

/** A call for the coach on their own device; never what a client wrote. */
export interface CoachAlert {
  readonly handoffId: string
  readonly text: string
}

export interface Channel {
  /** Stable, stored with every message: `practice`, `telegram`, … */
  readonly name: string
  /** As the coach reads it. */
  readonly title: string
  /** Clients of this channel are invented, for rehearsal. */
  readonly isPractice: boolean
  /** Who writes for the first time waits until the coach accepts them. */
  readonly asksBeforeAccepting?: boolean
  start(sink: ChannelSink): void
  stop(): Promise<void>
  send(message: OutgoingMessage): Promise<SendResult>
  /** Asks the channel whether an earlier send arrived; absent where it cannot tell. */
  reconcile?(message: OutgoingMessage): Promise<SendResult>
  edit?(sent: SentMessage, text: string): Promise<ChangeResult>
  remove?(sent: SentMessage): Promise<ChangeResult>
  /** Shows the client that somebody is writing; best effort, never throws. */
  typing?(chatId: string): void
  /** Reaches the coach on their own device; absent where the channel cannot, false in canAlertCoach where it is not set up. */
  alertCoach?(alert: CoachAlert): Promise<SendResult>
  canAlertCoach?(): boolean
}
