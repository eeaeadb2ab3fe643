import type {
  Channel,
  ChannelSink,
  InboundChange,
  InboundMessage,
  OutgoingMessage,
  SendResult,
} from '../../../host/channels/index.ts'
import type { SimClock } from './simClock.ts'

export const sendPlans = ['failed', 'unknown', 'throws', 'slow', 'hangs', 'later', 'muchLater'] as const
export type SendPlan = (typeof sendPlans)[number]

const slowMs = 8_000
const laterMs = { later: 20_000, muchLater: 2_400_000 }

type WrittenChange = Extract<InboundChange, { kind: 'edit' | 'removal' }>

/** What the far end offers, in order: a message, or a change of one that was written before. */
export type Written = { isAccepted: boolean; isNoted: boolean } & (
  | { readonly message: InboundMessage; readonly change?: never }
  | { readonly change: WrittenChange; readonly message?: never }
)

export const updateOf = (entry: Written): InboundMessage | WrittenChange => entry.message ?? entry.change

/** How a send that is handed over now ends: not at all, certainly not yet, or perhaps. */
export type Ending = 'refused' | { readonly laterMs: number } | 'perhaps'

const endingOf = (plan: SendPlan | undefined): Ending =>
  plan === 'failed' ? 'refused' : plan === 'later' || plan === 'muchLater' ? { laterMs: laterMs[plan] } : 'perhaps'

interface FarEndParts {
  readonly canTell: boolean
  readonly asksBeforeAccepting: boolean
  /** False where the house died between claiming the message and handing it over. */
  readonly handed: (message: OutgoingMessage, ending: Ending) => boolean
}

/** The other side of the channel: what clients write, and how sends end. It outlives a crash of the house. */
export const createFarEnd = (clock: SimClock, { canTell, asksBeforeAccepting, handed }: FarEndParts) => {
  const written: Written[] = []
  const plans: SendPlan[] = []
  const arrived = new Set<string>()
  let hanging: (() => void)[] = []
  let sink: ChannelSink | undefined

  const offer = async (entries: readonly Written[]): Promise<void> => {
    const to = sink
    const last = entries.at(-1)
    if (!to || !last) return
    await to.receive({
      messages: entries.flatMap((entry) => entry.message ?? []),
      changes: entries.flatMap((entry) => entry.change ?? []),
      cursor: updateOf(last).updateId,
    })
    for (const entry of entries) entry.isAccepted = true
  }
  // A house that dies in the middle accepts nothing; the next one is offered the same again.
  const offerOpen = (): Promise<void> =>
    offer(written.filter((entry) => !entry.isAccepted)).catch((error: unknown) => {
      if (sink) throw error
    })

  const send = (message: OutgoingMessage): Promise<SendResult> => {
    const ending = endingOf(plans[0])
    if (!handed(message, ending)) return new Promise(() => undefined)
    const plan = plans.shift()
    if (ending === 'refused') return Promise.resolve({ outcome: 'failed', message: 'The client has blocked you.' })
    if (ending !== 'perhaps')
      return Promise.resolve({ outcome: 'later', afterMs: ending.laterMs, message: 'Waiting for the connection.' })
    if (plan !== 'unknown' && plan !== 'throws') arrived.add(message.outboxId)
    if (plan === 'unknown') return Promise.resolve({ outcome: 'unknown', message: 'No word came back.' })
    if (plan === 'throws') return Promise.reject(new Error('socket closed'))
    const sent = { outcome: 'sent', externalId: message.outboxId } satisfies SendResult
    if (plan === 'hangs') return new Promise((resolve) => hanging.push(() => resolve(sent)))
    if (plan === 'slow') return new Promise((resolve) => clock.after(slowMs, () => resolve(sent)))
    return Promise.resolve(sent)
  }

  const channel: Channel = {
    name: 'far',
    title: 'Far end',
    isPractice: false,
    asksBeforeAccepting,
    start: (given) => {
      sink = given
      queueMicrotask(() => void offerOpen())
    },
    stop: () => {
      sink = undefined
      return Promise.resolve()
    },
    send,
    ...(canTell
      ? {
          reconcile: ({ outboxId }: OutgoingMessage): Promise<SendResult> =>
            Promise.resolve(
              arrived.has(outboxId)
                ? { outcome: 'sent', externalId: outboxId }
                : { outcome: 'failed', message: 'It did not arrive.' },
            ),
        }
      : {}),
  }

  return {
    channel,
    written,
    /** What the channel took for certain, by outbox id. */
    arrived,
    /** How the next sends end, one each; without a plan they arrive. */
    plans,
    isOn: () => sink !== undefined,
    /** Clients write; in one batch or one after the other. */
    write: (messages: readonly InboundMessage[], isBatch: boolean): void => {
      for (const message of messages) {
        written.push({ message, isAccepted: false, isNoted: false })
        if (!isBatch) void offerOpen()
      }
      if (isBatch) void offerOpen()
    },
    change: (change: WrittenChange): void => {
      written.push({ change, isAccepted: false, isNoted: false })
      void offerOpen()
    },
    /** Everything of the last moments once more, as after an acknowledgement that was lost. */
    repeat: (): void => void offer(written.slice(-3)).catch(() => undefined),
    /** What hangs arrives after all. */
    release: (): void => {
      for (const resolve of hanging) resolve()
      hanging = []
    },
    /** The house died: nobody waits for an answer any more. */
    forget: (): void => {
      hanging = []
      sink = undefined
    },
  }
}
