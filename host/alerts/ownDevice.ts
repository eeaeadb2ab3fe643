import { eq } from 'drizzle-orm'
import { alerts } from '../../db/schema/index.ts'
import type { Write } from '../../db/write.ts'
import { toProblem } from '../../shared/problem.ts'
import type { Channel, SendResult } from '../channels/index.ts'
import { type Clock, within } from '../clock.ts'
import type { Log } from '../log/index.ts'

interface Parts {
  readonly write: Write
  readonly clock: Clock
  readonly log: Log
  /** The channel that reaches the coach's own device, where one does. */
  readonly ownDevice: () => Channel | undefined
}

export interface OwnDevice {
  canBeCalled(): boolean
  /** One call: written down before it is made, and never made again, whatever comes of it. */
  call(alert: { handoffId: string; level: number; text: string }): Promise<'sent' | 'failed' | 'unknown'>
}

const longestCallMs = 45_000
const unheardSentence = 'Nothing was heard about this call. It may have arrived.'

export const createOwnDevice = ({ write, clock, log, ownDevice }: Parts): OwnDevice => {
  const noteBefore = (handoffId: string, level: number): number | null => {
    try {
      return write((tx) => {
        tx.changed('alerts')
        return tx.queries
          .insert(alerts)
          .values({
            handoffId,
            level,
            route: 'own_device',
            outcome: 'unknown',
            detail: unheardSentence,
            createdAt: clock.now(),
          })
          .returning({ seq: alerts.seq })
          .get().seq
      })
    } catch (error) {
      // A full disk must not keep the coach from hearing of a person in danger.
      log('error', 'alert_not_written', { id: handoffId, code: toProblem(error).code })
      return null
    }
  }

  const noteAfter = (handoffId: string, seq: number, result: SendResult): void => {
    const outcome = result.outcome === 'later' ? 'failed' : result.outcome
    try {
      write((tx) => {
        tx.changed('alerts')
        tx.queries
          .update(alerts)
          .set({ outcome, detail: result.outcome === 'sent' ? '' : result.message })
          .where(eq(alerts.seq, seq))
          .run()
      })
    } catch (error) {
      log('error', 'alert_not_written', { id: handoffId, code: toProblem(error).code })
    }
  }

  const reach = async (handoffId: string, text: string): Promise<SendResult> => {
    const unheard: SendResult = { outcome: 'unknown', message: unheardSentence }
    try {
      const asked = ownDevice()?.alertCoach?.({ handoffId, text })
      return (asked && (await within(clock, longestCallMs, asked))) ?? unheard
    } catch {
      return unheard
    }
  }

  return {
    canBeCalled: () => {
      const channel = ownDevice()
      return channel?.alertCoach !== undefined && (channel.canAlertCoach?.() ?? true)
    },
    call: async ({ handoffId, level, text }) => {
      const seq = noteBefore(handoffId, level)
      const result = await reach(handoffId, text)
      if (seq !== null) noteAfter(handoffId, seq, result)
      if (result.outcome !== 'sent') log('warn', 'own_device_not_reached', { id: handoffId, state: result.outcome })
      return result.outcome === 'later' ? 'failed' : result.outcome
    },
  }
}
