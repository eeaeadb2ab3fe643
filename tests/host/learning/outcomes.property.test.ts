import { afterEach, describe, expect, test } from 'vitest'
import { viewReaction } from '../../../host/learning/analysis/index.ts'
import { seededRandom } from '../../soak/random.ts'
import { openReplyWorld, type ReplyWorld } from './replyWorld.ts'

const names = ['Ann', 'Ben']
const wordsOfClients = [
  'I feel great today, thank you so much!',
  'This is terrible, I hate how it goes.',
  'I walked home.',
  'I am so sad and hopeless about this.',
  'What should I do next?',
  '',
]
const replies = ['What would help you today?', 'Take one small step, and tell me how it went.']

/** What came up over all seeds. */
const met = new Set<string>()
let world: ReplyWorld | undefined
afterEach(() => world?.close())

/** What the outcomes ought to be, reckoned from the tables once more in another way. */
const expected = (now: ReplyWorld) => {
  const { runs, drafts, feedback, outbox, messages, marks } = now.tables()
  const arrived = (status: string) => ['sent', 'delivered', 'read'].includes(status)
  return runs.flatMap((run) => {
    const decision = feedback.find(({ executionId }) => executionId === run.id)
    const isWished = drafts.some((draft) => draft.executionId === run.id && draft.isWishedOtherwise)
    const messageId = outbox.findLast((row) => row.executionId === run.id && row.messageId !== null)?.messageId
    const message = messages.find(({ id }) => id === messageId)
    const hasArrived = message !== undefined && arrived(message.deliveryStatus)
    if (!decision && !isWished && !hasArrived) return []
    const mark = marks.find((one) => one.messageId === messageId && one.author === 'coach')
    const isAccepted = (): boolean | null => {
      if (decision) return decision.outcome !== 'discarded' && (decision.editDistance ?? 0) <= 0.2
      if (isWished || mark?.shouldHaveHandedOver || mark?.isHelpful === false) return false
      return null
    }
    const thread = messages.filter((one) => one.conversationId === run.conversationId && one.senderType !== 'system')
    const said = thread.filter((one) => one.senderType === 'client' && one.removedAt === null && one.content !== '')
    const answers = thread.filter((one) => one.senderType !== 'client' && arrived(one.deliveryStatus))
    const turn = (one: (typeof messages)[number]) => ({
      from: one.senderType === 'client' ? ('client' as const) : ('ai' as const),
      text: one.content,
      at: one.sentAt,
    })
    const reaction = (reply: (typeof messages)[number]) => {
      const end = answers.find(({ seq }) => seq > reply.seq)?.seq ?? Number.POSITIVE_INFINITY
      const before = said.filter(({ seq }) => seq < reply.seq).slice(-3)
      const after = said.filter(({ seq }) => seq > reply.seq && seq < end).slice(0, 3)
      return viewReaction(before.map(turn), [turn(reply)], after.map(turn))?.reaction ?? null
    }
    return [
      {
        executionId: run.id,
        draftOutcome: decision?.outcome ?? null,
        editDistance: decision?.editDistance ?? null,
        isAccepted: isAccepted(),
        isSelfSent: !decision && !isWished,
        shouldHaveHandedOver: mark?.shouldHaveHandedOver ?? false,
        sentSeq: hasArrived ? message.seq : null,
        reaction: hasArrived ? reaction(message) : null,
      },
    ]
  })
}

const step = async (now: ReplyWorld, random: () => number): Promise<void> => {
  const one = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)]
    if (found === undefined) throw new Error('Nothing to choose from.')
    return found
  }
  const name = one(names)
  const deeds: readonly (() => unknown)[] = [
    () => now.writes(name, one(wordsOfClients)),
    () => now.writes(name, one(wordsOfClients)),
    () => now.rewrites(name, one(wordsOfClients)),
    () => now.takesBack(name),
    () => now.answers(name, one(replies), 0.5 + random() / 2, 'drafts'),
    () => now.answers(name, one(replies), 0.5 + random() / 2, 'drafts'),
    () => now.answers(name, one(replies), 0.5 + random() / 2, 'autopilot'),
    () => now.answers(name, one(replies), 0.5 + random() / 2, 'autopilot'),
    () => now.answers(name, one(replies), 0.5 + random() / 2, 'autopilot'),
    () => now.sends(name),
    () => now.sends(name, one(['What would help you now?', 'Call me.'])),
    () => now.discards(name),
    () => now.restores(name),
    () => now.wishes(name),
    () => now.answers(name, one(replies), random(), 'drafts', 'Shorter'),
    () => now.undoesSend(name),
    () => now.settlesTrouble(name, one(['arrived', 'send_again', 'drop'])),
    () => now.marks(name, { shouldHaveHandedOver: random() < 0.5 }),
    () => now.marks(name, { isHelpful: one([true, false, null]) }),
    () => now.takesOver(name),
    () => now.says(name, 'I am here.'),
    () => now.handsBack(name),
    () => now.handsBack(name),
    () => now.handsBack(name),
    () => now.pump(),
    () => now.pass(11_000),
    () =>
      now.far.nextSends.push(
        one([
          { outcome: 'failed', message: 'No.' },
          { outcome: 'unknown', message: 'Maybe.' },
          { outcome: 'later', message: 'Later.', afterMs: 2_000 },
        ] as const),
      ),
    () => now.readUp(),
  ]
  try {
    await one(deeds)()
  } catch (error) {
    // What may not be done at this moment is refused and changes nothing.
    if (!(error instanceof Error && error.constructor.name === 'Problem')) throw error
  }
  await now.pass(1_000)
}

const decided = ({ outcomes }: ReplyWorld) =>
  outcomes().map(
    ({ executionId, draftOutcome, editDistance, isAccepted, isSelfSent, shouldHaveHandedOver, sentSeq, reaction }) => ({
      executionId,
      draftOutcome,
      editDistance,
      isAccepted,
      isSelfSent,
      shouldHaveHandedOver,
      sentSeq,
      reaction,
    }),
  )

describe('whatever happens, in whatever order', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('outcomes are those that follow from what stands (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    world = await openReplyWorld(names)
    for (let count = 0; count < 250; count += 1) {
      await step(world, random)
      if (count % 5 > 0) continue
      world.readUp()
      expect(decided(world)).toEqual(expected(world))
    }
    world.readUp()
    const kept = world.outcomes()
    for (const { draftOutcome, isSelfSent, isAccepted, reaction } of kept) {
      met.add(
        isSelfSent ? `sent by itself, ${isAccepted === false ? 'marked' : 'not marked'}` : (draftOutcome ?? 'wished'),
      )
      met.add(`reaction: ${reaction}`)
    }
    world.recompute('Ann')
    expect(world.outcomes()).toEqual(kept)
    world.recompute()
    expect(world.outcomes()).toEqual(kept)
  })

  test('every kind of outcome was among them', () => {
    expect([...met].sort()).toEqual([
      'discarded',
      'edited',
      'reaction: negative',
      'reaction: neutral',
      'reaction: null',
      'reaction: positive',
      'sent',
      'sent by itself, marked',
      'sent by itself, not marked',
      'wished',
    ])
  })
})
