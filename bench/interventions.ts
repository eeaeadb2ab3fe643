import type { Tx } from '../db/write.ts'
import { appendMessage, getConversation } from '../host/conversations/index.ts'
import { handBack, takeOver } from '../host/handoff/index.ts'
import type { SenderType } from '../shared/taxonomy/conversation.ts'

type Topics = readonly [string, ...string[]]

/** What clients come with, and what it can be about. */
const moments: readonly [Topics, ...Topics[]] = [
  ['I keep putting off', 'the report', 'the call with the bank', 'the thesis', 'the tax papers', 'my application'],
  ['I doubt myself because of', 'the exam', 'the new team', 'my talk on Friday', 'the interview', 'the promotion'],
  ['I had a fight with', 'my sister', 'my boss', 'my husband', 'my best friend', 'the neighbour'],
  ['I failed again with', 'the running plan', 'the diet', 'my savings', 'the early mornings', 'the language course'],
  ['I have no motivation any more for', 'the gym', 'my studies', 'the project', 'the garden', 'the team'],
  ['I am overwhelmed and panicking about', 'the deadline', 'the move', 'the launch', 'the move abroad', 'the debt'],
  ['What should I do about', 'the budget', 'the offer', 'the contract', 'my schedule', 'the move'],
  ['I made real progress with', 'the course', 'my sleep', 'the book', 'the boundaries at work', 'the piano'],
]

const openings = [
  'Stop for a moment and take a breath.',
  'I hear you, and that was a lot for one week.',
  'Thank you for telling me this so openly.',
  'It makes sense that you feel this way.',
  'Let us slow this down together.',
  'So you are caught between two things at once.',
] as const
const middles = [
  'Many people feel exactly that before a step that matters.',
  'What if it is not a lack of will but a lack of rest?',
  'It is like walking uphill with a full rucksack: smaller steps, more breaks.',
  'Write down three things that are in your hands today.',
  'Before we burn bridges, let us look at what is still standing.',
  'You did this once before, last spring, and you were scared then too.',
  'Feel both feet on the ground for one minute.',
  'I am not sure that this story you tell yourself is true.',
] as const
const closings = [
  'What is ONE thing you know for sure?',
  'What would be the smallest next step?',
  'Which of these will you do by Thursday?',
  'How do you want to feel on Sunday evening?',
  'Tell me tomorrow how it went.',
  'Small steps still count.',
] as const
const reactions = [
  'Thank you, that helps. I feel calmer now.',
  "You're right, I should think this through.",
  'Wow, I had never seen it like that. That changes everything.',
  'ok',
  'No, that does not help me at all.',
  'I will try it tonight and tell you.',
  'Maybe. I have to think about it.',
] as const

const minute = 60_000

/** Made-up takeovers, varied and the same at every run. `at`: milliseconds UTC. */
export const createTakeovers = (random: () => number) => {
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[Math.floor(random() * items.length)] ?? items[0]
  const clientSays = (): string => {
    const [opening, ...topics] = pick(moments)
    return `${opening} ${topics[Math.floor(random() * topics.length)]}. ${random() < 0.5 ? 'It has been like that for weeks.' : ''}`.trim()
  }
  const coachSays = (): string =>
    [
      pick(openings),
      ...(random() < 0.7 ? [pick(middles)] : []),
      ...(random() < 0.3 ? [pick(middles)] : []),
      pick(closings),
    ].join(' ')

  /** A client comes with something, the coach takes over, answers one to four times, and hands back. */
  const intervene = (tx: Tx, conversationId: string, at: number): void => {
    let now = at
    const say = (senderType: SenderType, content: string): void => {
      now += minute * (1 + Math.floor(random() * 5))
      const deliveryStatus = senderType === 'client' ? 'received' : 'sent'
      appendMessage(
        tx,
        getConversation(tx.queries, conversationId),
        { senderType, senderId: senderType, content, deliveryStatus, sentAt: now },
        now,
      )
    }
    say('client', clientSays())
    say('ai', 'I am sorry to hear that. What happened?')
    say('client', clientSays())
    takeOver(tx, conversationId, now)
    const turns = 1 + Math.floor(random() * 4)
    for (let turn = 0; turn < turns; turn += 1) {
      say('human_coach', coachSays())
      if (turn < turns - 1 || random() < 0.6) say('client', random() < 0.5 ? pick(reactions) : clientSays())
    }
    handBack(tx, conversationId, now + minute)
  }

  const react = (tx: Tx, conversationId: string, at: number): void => {
    const content = pick(reactions)
    appendMessage(
      tx,
      getConversation(tx.queries, conversationId),
      { senderType: 'client', senderId: 'client', content, deliveryStatus: 'received', sentAt: at },
      at,
    )
  }
  return { intervene, react }
}
