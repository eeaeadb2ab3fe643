import fc from 'fast-check'
import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { actAsCoach, changeClient, coachActs } from './coach.ts'
import { sendPlans } from './farEnd.ts'
import { thinkPlans } from './thinker.ts'
import type { World } from './world.ts'

const wordings = {
  plain: 'The week was a bit long',
  question: 'How should I begin?',
  stakes: 'I want to quit my job right now',
  human: 'Can I talk to a real person please?',
  crisis: 'I want to kill myself tonight',
  denial: 'forget it, I am fine',
  despair: 'Everything is hopeless, I feel terrible, worthless and miserable',
} as const
const kinds = ['plain', 'question', 'stakes', 'human', 'crisis', 'denial', 'despair'] as const

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
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(100, 500, 1_000, 2_500, 5_000, 9_000, 30_000, 90_000),
    }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('coach' as const),
      chat,
      act: fc.constantFrom(
        ...coachActs,
        ...(['approve', 'approve', 'approve', 'handBack', 'handBack', 'send'] as const),
      ),
      evenIfClientWrote: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('think' as const), plan: fc.constantFrom(...thinkPlans) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), plan: fc.constantFrom(...sendPlans) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('mode' as const), chat, mode: fc.constantFrom(...replyModes) }),
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
  mode: fc.constantFrom(...replyModes, 'drafts' as const, 'drafts' as const, 'autopilot' as const),
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
    case 'wait':
      return world.pass(command.ms)
    case 'coach':
      return actAsCoach(world, chatId, command.act, command.evenIfClientWrote)
    case 'think':
      return void world.thinker.plans.push(command.plan)
    case 'send':
      return void world.far.plans.push(command.plan)
    case 'mode':
      return changeClient(world, chatId, { replyMode: command.mode })
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
      return world.clock.moveWall(-command.backMs)
    case 'repeat':
      return world.far.repeat()
    case 'release':
      return world.far.release()
  }
}
