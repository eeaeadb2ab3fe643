import fc from 'fast-check'
import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { asksIfAiWords, crisisWords } from './book.ts'
import { actAsCoach, changeClient, changeDefaultMode, coachActs, schedule } from './coach.ts'
import { sendPlans } from './farEnd.ts'
import { thinkPlans } from './thinker.ts'
import type { World } from './world.ts'

const wordings = {
  plain: 'The week was a bit long',
  question: 'How should I begin?',
  stakes: 'I want to quit my job right now',
  human: 'Can I talk to a real person please?',
  asksIfAi: asksIfAiWords,
  crisis: crisisWords,
  denial: 'forget it, I am fine',
  despair: 'Everything is hopeless, I feel terrible, worthless and miserable',
} as const
const kinds = ['plain', 'question', 'stakes', 'human', 'asksIfAi', 'crisis', 'denial', 'despair'] as const

const minute = 60_000
const chat = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) })
const command = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      chat,
      what: fc.oneof(
        { weight: 5, arbitrary: fc.constant('plain' as const) },
        { weight: 6, arbitrary: fc.constantFrom(...kinds) },
      ),
      pieces: fc.integer({ min: 1, max: 3 }),
      isBatch: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(
        ...[100, 500, 1_000, 2_500, 5_000, 9_000, 30_000, 90_000],
        ...[6 * minute, 11 * minute, 45 * minute],
      ),
    }),
  },
  {
    weight: 26,
    arbitrary: fc.record({
      kind: fc.constant('coach' as const),
      chat,
      act: fc.constantFrom(
        ...coachActs,
        ...(['approve', 'approve', 'approve', 'handBack', 'handBack', 'send', 'undo', 'accept'] as const),
      ),
      evenIfClientWrote: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('undone' as const),
      chat,
      act: fc.constantFrom('send' as const, 'approve' as const, 'rewrite' as const),
      afterMs: fc.constantFrom(0, 100, 3_000, 5_999, 6_000, 7_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('schedule' as const),
      chat,
      delayMs: fc.constantFrom(1_000, 10_000, 30_000, 2 * minute, 20 * minute, 120 * minute),
      onlyIfSilent: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('phone' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('voice' as const), chat }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      chat,
      back: fc.integer({ min: 0, max: 2 }),
      what: fc.oneof(
        { weight: 3, arbitrary: fc.constant('plain' as const) },
        { weight: 3, arbitrary: fc.constantFrom(...kinds) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('think' as const), plan: fc.constantFrom(...thinkPlans) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      plan: fc.constantFrom(...sendPlans, 'later' as const, 'muchLater' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('mode' as const), chat, mode: fc.constantFrom(...replyModes) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('defaultMode' as const), mode: fc.constantFrom(...replyModes) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('handOffAt' as const), points: fc.constantFrom(2, 3, 5, 7, 10) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('quiet' as const),
      minutes: fc.constantFrom(0, 5, 90),
      what: fc.constantFrom('wait' as const, 'wait' as const, 'drafts' as const),
      notice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sensitive' as const), chat, isSensitive: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      afterCommits: fc.integer({ min: 0, max: 9 }),
      again: fc.constantFrom(0, 0, 0, 1, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('channel' as const), isOn: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      backMs: fc.constantFrom(1_000, 5_000, 60_000, 3_600_000, 86_400_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
)

/** One order of events; where `isAtOnce`, the next event comes before the house had a turn to do anything. */
export const orders = fc.record({
  isGathering: fc.boolean(),
  undoSendSeconds: fc.constantFrom(0, 6),
  silenceMinutes: fc.constantFrom(5, 30),
  silenceWhat: fc.constantFrom('ask' as const, 'end' as const),
  /** Where senders have to be let in, the first is right away. */
  isLetIn: fc.boolean(),
  mode: fc.constantFrom(
    ...replyModes,
    ...(['drafts', 'drafts', 'drafts', 'drafts', 'autopilot', 'autopilot', 'autopilot'] as const),
  ),
  events: fc.array(fc.record({ command, isAtOnce: fc.boolean() }), { minLength: 6, maxLength: 30, size: 'max' }),
})
export type Order = typeof orders extends fc.Arbitrary<infer T> ? T : never
export type Command = Order['events'][number]['command']

/** Lets one thing happen. */
export const perform = async (world: World, chats: readonly [string, string], command: Command): Promise<void> => {
  world.state.events += 1
  const chatId = 'chat' in command && command.chat === 1 ? chats[1] : chats[0]
  switch (command.kind) {
    case 'write':
      return world.write(
        chatId,
        Array.from({ length: command.pieces }, (_, at) => (at === 0 ? wordings[command.what] : 'and so it went on')),
        command.isBatch,
      )
    case 'phone':
      return world.write(chatId, ['I am on the train, I will call you'], false, { from: 'coach' })
    case 'voice':
      return world.write(chatId, ['A voice message'], false, { unreadable: 'voice' })
    case 'change':
      return world.change(chatId, command.back, command.what === null ? null : wordings[command.what])
    case 'wait':
      return world.pass(command.ms)
    case 'coach':
      return actAsCoach(world, chatId, command.act, command.evenIfClientWrote)
    case 'undone':
      actAsCoach(world, chatId, command.act, true)
      if (command.afterMs > 0) await world.pass(command.afterMs)
      return actAsCoach(world, chatId, 'undo', false)
    case 'schedule':
      return schedule(world, chatId, command.delayMs, command.onlyIfSilent)
    case 'think':
      return void world.thinker.plans.push(command.plan)
    case 'send':
      return void world.far.plans.push(command.plan)
    case 'mode':
      return changeClient(world, chatId, { replyMode: command.mode })
    case 'defaultMode':
      return changeDefaultMode(world, command.mode)
    case 'handOffAt':
      return world.changeSettings({ handOffAt: command.points })
    case 'quiet':
      return beQuiet(world, command)
    case 'sensitive':
      return changeClient(world, chatId, { isSensitive: command.isSensitive })
    case 'crash':
      world.crash(command.afterCommits)
      for (let more = command.again; more > 0; more -= 1) {
        await world.settle()
        world.crash(0)
      }
      return
    case 'channel':
      return world.switchChannel(command.isOn)
    case 'clock':
      world.state.book.clockWentBack = true
      return world.clock.moveWall(-command.backMs)
    case 'repeat':
      return world.far.repeat()
    case 'release':
      return world.far.release()
  }
}

const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 16)

/** Quiet hours that begin now and hold for so many minutes; 0 switches them off. */
const beQuiet = (
  world: World,
  { minutes, what, notice }: { minutes: number; what: 'wait' | 'drafts'; notice: boolean },
): void => {
  const { book } = world.state
  const now = world.clock.now()
  const end = now + minutes * minute
  world.changeSettings(
    {
      quietHoursOn: minutes > 0,
      quietFrom: clockTime(now),
      quietTo: clockTime(end),
      quietWhat: what,
      quietNotice: notice,
    },
    () => {
      book.horizon = Math.max(book.horizon, end)
      if (what === 'drafts' && minutes > 0) book.hadQuietDrafts = true
    },
  )
}
