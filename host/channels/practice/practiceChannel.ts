import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Channel, ChannelSink, InboundBatch, InboundMessage } from '../channel.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { drawHabitGrid } from './picture.ts'
import { sendReceipts } from './receipts.ts'
import { hear } from './reply.ts'
import { hasEnded, listensNow, type NextStep, nextStep, type Script, type Step } from './script.ts'
import { scripts as allScripts } from './scripts/index.ts'
import { type ClientState, newState, type PracticeState, readState, withClient } from './state.ts'
import { createTimers } from './timers.ts'
import { humVoiceNote } from './voice.ts'

interface PracticeOptions {
  readonly clock: Clock
  /** From 0 up to 1; varies how long clients take. */
  readonly random?: () => number
  /** How many times faster than life the clients are; 1 unless told. */
  readonly pace?: number
  readonly scripts?: readonly Script[]
}

const name = 'practice'
const restBetweenRoundsMs = 10 * 60_000
const voiceNoteSeconds = 4
const habitWeeks = ['.x..x..', 'x.x..x.', 'xx.xx..', 'xxxxx.x', 'xxxxxxx']

/** Invented clients who write by themselves and react to what they are told. Where each of them stands is the cursor. */
export const createPracticeChannel = ({
  clock,
  random = Math.random,
  pace = 1,
  scripts = allScripts,
}: PracticeOptions): Channel => {
  /** By script id: calls off the message that this client is about to write. */
  const planned = new Map<string, () => void>()
  /** The script ids of those whose message is being stored. */
  const onTheWay = new Set<string>()
  let state = newState()
  let timers = createTimers(clock)
  let sink: ChannelSink | undefined
  let delivery: Delivery | undefined

  const paced = (seconds: number): number => (seconds * 1_000 * (0.9 + random() * 0.2)) / pace

  const report = (): void => {
    const present = scripts.filter((script) => !hasEnded(script, state.clients[script.id])).length
    const verb = present === 1 ? 'has' : 'have'
    if (present > 0)
      sink?.report('running', `${present} of ${scripts.length} practice clients still ${verb} something to say.`)
    else
      sink?.report(
        'finished',
        'Every practice client has said what they came to say. In ten minutes, switch practice off and on to begin anew.',
      )
  }

  const plan = (script: Script, resumedAt?: number): void => {
    planned.get(script.id)?.()
    planned.delete(script.id)
    const client = state.clients[script.id]
    const next = nextStep(script, client)
    if (!next) return
    const seconds = next.inSeconds ?? secondsToType(next.step)
    // What came due while the console was closed follows soon after the start, but not all in one moment.
    const passedMs = resumedAt !== undefined && client ? Math.max(0, resumedAt - client.saidAt) : 0
    const waitMs = passedMs > 0 ? Math.max(paced(seconds) - passedMs, paced(2 + 6 * random())) : paced(seconds)
    planned.set(
      script.id,
      timers.after(waitMs, () => write(script, next)),
    )
  }

  const write = (script: Script, { id, step }: NextStep): void => {
    planned.delete(script.id)
    onTheWay.add(script.id)
    const at = clock.now()
    const said = whatIsSaid(script, id, step, state.run, at)
    // What they heard before they wrote is dealt with; what they hear while this is being stored is not.
    const dealtWith = state.clients[script.id]?.heard ?? null
    const afterwards = (): ClientState => {
      const heard = state.clients[script.id]?.heard ?? null
      return { step: id, saidAt: at, heard: heard === dealtWith ? null : heard }
    }
    delivery?.deliver(
      () => ({ ...said, cursor: JSON.stringify(withClient(state, script.id, afterwards())) }),
      () => {
        state = withClient(state, script.id, afterwards())
        onTheWay.delete(script.id)
        plan(script)
        if (hasEnded(script, state.clients[script.id])) report()
      },
    )
  }

  const listen = (script: Script, text: string): void => {
    const client = state.clients[script.id]
    const isWriting = onTheWay.has(script.id)
    if (!client || !(isWriting || listensNow(script, client))) return
    const earlier = isWriting ? [] : (client.heard ?? [])
    state = withClient(state, script.id, { ...client, heard: [...new Set([...earlier, ...hear(text)])] })
    // Kept at once, so that a restart does not make them deaf to what they were told.
    delivery?.deliver(
      () => ({ messages: [], cursor: JSON.stringify(state) }),
      () => undefined,
    )
    if (!isWriting) plan(script)
  }

  return {
    name,
    title: 'Practice clients',
    isPractice: true,
    start: (given) => {
      sink = given
      timers = createTimers(clock)
      planned.clear()
      onTheWay.clear()
      delivery = createDelivery(given, clock, report)
      const stored = readState(given.cursor(), scripts)
      state = stored && !isOver(stored, scripts, clock.now()) ? stored : newState()
      report()
      for (const script of scripts) plan(script, clock.now())
    },
    stop: async () => {
      timers.stop()
      await delivery?.stop()
    },
    send: ({ chatId, text, isNotice = false }) => {
      const script = scripts.find((one) => chatOf(one) === chatId)
      if (!sink || !script)
        return Promise.resolve({ outcome: 'failed', message: 'This practice client is not here any more.' })
      const externalId = randomUUID()
      const readInMs = paced(1 + random() * 2)
      sendReceipts(sink, clock, timers, { chatId, externalId }, { deliveredInMs: Math.min(300, readInMs), readInMs })
      // They react to the coach and to the clone, not to what the console says in fixed words.
      if (!isNotice) listen(script, text)
      return Promise.resolve({ outcome: 'sent', externalId })
    },
    edit: () => Promise.resolve({ outcome: 'done' }),
    remove: () => Promise.resolve({ outcome: 'done' }),
  }
}

const chatOf = (script: Script): string => `${name}:${script.id}`

const secondsToType = (step: Step): number => Math.min(14, 4 + step.says.length / 20)

const updateIdOf = (script: Script, stepId: string, run: string): string => `${name}:${script.id}:${stepId}:${run}`

const whatIsSaid = (
  script: Script,
  stepId: string,
  step: Step,
  run: string,
  at: number,
): Pick<InboundBatch, 'messages' | 'changes'> => {
  const updateId = updateIdOf(script, stepId, run)
  if (step.edits === undefined) return { messages: [messageOf(script, updateId, step, at)] }
  const externalId = updateIdOf(script, step.edits, run)
  return {
    messages: [],
    changes: [{ kind: 'edit', updateId, chatId: chatOf(script), externalId, text: step.says, editedAt: at }],
  }
}

const messageOf = (script: Script, updateId: string, step: Step, sentAt: number): InboundMessage => ({
  updateId,
  chatId: chatOf(script),
  externalId: updateId,
  senderName: script.name,
  text: step.says,
  sentAt,
  timeZone: script.timeZone,
  ...(step.sends === undefined ? {} : attachments[step.sends]()),
})

const attachments = {
  habit_picture: () => ({
    files: [{ name: 'habits.png', mediaType: 'image/png', bytes: drawHabitGrid(habitWeeks) }],
    unreadable: 'picture',
  }),
  voice_note: () => ({
    files: [{ name: 'voice.wav', mediaType: 'audio/wav', bytes: humVoiceNote(voiceNoteSeconds) }],
    unreadable: 'voice',
  }),
} satisfies Record<NonNullable<Step['sends']>, () => Pick<InboundMessage, 'files' | 'unreadable'>>

/** Everyone has finished, and long enough ago that a start means to rehearse again. */
const isOver = ({ clients }: PracticeState, scripts: readonly Script[], now: number): boolean =>
  scripts.every((script) => {
    const client = clients[script.id]
    return hasEnded(script, client) && client !== undefined && now - client.saidAt >= restBetweenRoundsMs
  })
