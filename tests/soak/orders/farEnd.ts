import type { Channel, ChannelSink, InboundMessage, OutgoingMessage, SendResult } from '../../../host/channels/index.ts'
import type { SimClock } from './simClock.ts'

export const sendPlans = ['failed', 'unknown', 'throws', 'slow', 'hangs'] as const
export type SendPlan = (typeof sendPlans)[number]

const slowMs = 8_000

/** The other side of the channel: what clients write, and how sends end. It outlives a crash of the house. */
export const createFarEnd = (
  clock: SimClock,
  { canTell, handed }: { canTell: boolean; handed: (message: OutgoingMessage, isRefused: boolean) => boolean },
) => {
  const written: { update: InboundMessage; isAccepted: boolean }[] = []
  const plans: SendPlan[] = []
  const arrived = new Set<string>()
  let hanging: (() => void)[] = []
  let sink: ChannelSink | undefined

  const offer = async (entries: typeof written): Promise<void> => {
    const to = sink
    if (!to || entries.length === 0) return
    const cursor = entries.at(-1)?.update.updateId ?? ''
    await to.receive({ messages: entries.map((entry) => entry.update), cursor })
    for (const entry of entries) entry.isAccepted = true
  }
  // A house that dies in the middle accepts nothing; the next one is offered the same again.
  const offerOpen = (): Promise<void> =>
    offer(written.filter((entry) => !entry.isAccepted)).catch((error: unknown) => {
      if (sink) throw error
    })

  const send = (message: OutgoingMessage): Promise<SendResult> => {
    if (!handed(message, plans[0] === 'failed')) return new Promise(() => undefined)
    const plan = plans.shift()
    if (plan === 'failed') return Promise.resolve({ outcome: 'failed', message: 'The client has blocked you.' })
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
    /** How the next sends end, one each; without a plan they arrive. */
    plans,
    /** Clients write; in one batch or one after the other. */
    write: (updates: readonly InboundMessage[], isBatch: boolean): void => {
      for (const update of updates) {
        written.push({ update, isAccepted: false })
        if (!isBatch) void offerOpen()
      }
      if (isBatch) void offerOpen()
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
