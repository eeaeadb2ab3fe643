import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Channel, ChannelSink, InboundMessage } from '../channel.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { drawHabitGrid } from './picture.ts'
import { sendReceipts } from './receipts.ts'
import { type Feature, features, hear } from './reply.ts'
import type { Script, Step } from './script.ts'
import { scripts as allScripts } from './scripts/index.ts'
import { type ClientState, type PracticeState, readState } from './state.ts'
import { createTimers } from './timers.ts'

export interface PracticeOptions {
  readonly clock: Clock
  /** From 0 up to 1; varies how long clients take. */
  readonly random?: () => number
  /** How many times faster than life the clients are; 1 unless told. */
  readonly pace?: number
  readonly scripts?: readonly Script[]
}

const name = 'practice'
const habitWeeks = ['.x..x..', 'x.x..x.', 'xx.xx..', 'xxxxx.x', 'xxxxxxx']

/** Invented clients who write by themselves and react to what they are told; where each stands is the cursor. */
export const createPracticeChannel = ({
  clock,
  random = Math.random,
  pace = 1,
  scripts = allScripts,
}: PracticeOptions): Channel => {
  const timers = createTimers(clock)
  const pending = new Map<string, () => void>()
  let state: PracticeState = { version: 1, run: randomUUID(), clients: {} }
  let sink: ChannelSink | undefined
  let delivery: Delivery | undefined

  const paced = (seconds: number): number => (seconds * 1_000 * (0.9 + random() * 0.2)) / pace
  const typing = (step: Step): number => paced(Math.min(14, 3 + step.says.length / 20))

  const report = (): void => {
    const talking = scripts.filter((script) => !hasEnded(script, state.clients[script.id])).length
    if (talking === 0) sink?.report('finished', 'Every practice client has said what they came to say.')
    else sink?.report('running', talking === 1 ? '1 practice client is here.' : `${talking} practice clients are here.`)
  }

  const write = (script: Script, stepId: string, step: Step): void => {
    const message = messageOf(script, stepId, step, state.run, clock.now())
    const after = () => withClient(state, script.id, { step: stepId, saidAt: message.sentAt, heard: null })
    delivery?.deliver(
      () => ({ messages: [message], cursor: JSON.stringify(after()) }),
      () => {
        state = after()
        pending.delete(script.id)
        schedule(script)
        if (hasEnded(script, state.clients[script.id])) report()
      },
    )
  }

  const schedule = (script: Script, startedNow = false): void => {
    const next = nextStep(script, state.clients[script.id])
    pending.get(script.id)?.()
    pending.delete(script.id)
    const step = next && script.steps[next.step]
    if (!step) return
    const planned = next.inSeconds === 'typing' ? typing(step) : paced(next.inSeconds)
    // What was due while the console was closed comes soon, but not all in one moment.
    const passed = startedNow ? Math.max(0, clock.now() - next.since) : 0
    const wait = startedNow && next.isUnderway ? Math.max(planned - passed, paced(2 + random() * 8)) : planned
    const cancel = timers.after(wait, () => {
      pending.set(script.id, () => undefined)
      write(script, next.step, step)
    })
    pending.set(script.id, cancel)
  }
  return {} as never
}
