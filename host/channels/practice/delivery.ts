import { toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import type { ChannelSink, InboundBatch } from '../channel.ts'

export interface Delivery {
  /** Hands over one batch after those before it, however often that takes. The batch is made when its turn comes. */
  deliver(batch: () => InboundBatch, onStored: () => void): void
  /** Hands over nothing more and waits for the batch that is on its way. */
  stop(): Promise<void>
}

const firstPauseMs = 500
const longestPauseMs = 10_000

/** Stores batches one by one and in order; what the house refuses is kept and offered again after a pause. */
export const createDelivery = (sink: ChannelSink, clock: Clock, onRecovered: () => void): Delivery => {
  const waiting: { batch: () => InboundBatch; onStored: () => void }[] = []
  let onTheWay: Promise<void> | undefined
  let cancelPause: (() => void) | undefined
  let refusals = 0
  let isStopped = false

  const pump = (): void => {
    const next = waiting[0]
    if (!next || onTheWay || cancelPause || isStopped) return
    onTheWay = offer(next.batch)
      .then((isStored) => {
        if (isStored) {
          waiting.shift()
          next.onStored()
        }
      })
      .finally(() => {
        onTheWay = undefined
        pump()
      })
  }

  const offer = async (batch: () => InboundBatch): Promise<boolean> => {
    try {
      await sink.receive(batch())
    } catch (error) {
      sink.report('trouble', `A message could not be stored and is tried again. ${toProblem(error).message}`)
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** refusals)
      refusals += 1
      if (isStopped) return false
      cancelPause = clock.after(pauseMs, () => {
        cancelPause = undefined
        pump()
      })
      return false
    }
    if (refusals > 0) {
      refusals = 0
      onRecovered()
    }
    return true
  }

  return {
    deliver: (batch, onStored) => {
      waiting.push({ batch, onStored })
      pump()
    },
    stop: async () => {
      isStopped = true
      cancelPause?.()
      cancelPause = undefined
      await onTheWay
    },
  }
}
