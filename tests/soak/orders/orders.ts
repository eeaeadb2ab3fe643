import fc from 'fast-check'
import { chatOf, createBook } from './book.ts'
import { actAsCoach, changeClient, changeDefaultMode } from './coach.ts'
import { type Order, orders, perform } from './commands.ts'
import { updateOf } from './farEnd.ts'
import { judgeCrisisWords, judgeRest } from './verdict.ts'
import { createWorld, type World } from './world.ts'

const ordersPerWorld = 50
const minutes = 60_000
/** So long a failing order is made smaller, by this machine's clock. */
const shrinkingMs = 90_000

/** Plays `count` random orders of events against the house and holds each against what must never happen. */
export const runOrders = async (count: number, seed: number): Promise<void> => {
  const total = {
    orders: 0,
    events: 0,
    sends: 0,
    asks: 0,
    crashes: 0,
    messages: 0,
    autoReplies: 0,
    approvals: 0,
    coachSends: 0,
    takenBack: 0,
    later: 0,
  }
  let world: World | undefined
  let worlds = 0
  let inWorld = 0

  const closeWorld = async (): Promise<void> => {
    const old = world
    world = undefined
    inWorld = 0
    if (!old) return
    total.events += old.state.events
    total.sends += old.state.sends
    total.crashes += old.state.crashes
    total.asks += old.thinker.count()
    total.messages += old.state.messages
    const damage = await old.close()
    if (damage !== '') throw new Error(`The data is damaged: ${damage}.`)
  }

  let failedAt: number | undefined
  const play = async (order: Order): Promise<void> => {
    if (failedAt !== undefined && Date.now() - failedAt > shrinkingMs) return
    if (inWorld >= ordersPerWorld) await closeWorld()
    if (!world) worlds += 1
    world ??= await createWorld({ canTell: worlds % 2 === 0, asksBeforeAccepting: worlds % 3 === 2 })
    inWorld += 1
    total.orders += 1
    if (total.orders % 250 === 0) process.stderr.write(`orders: ${total.orders} played, ${worlds} worlds\n`)
    const chats = [`ann ${inWorld}`, `ben ${inWorld}`] as const
    try {
      await playOrder(world, chats, order)
    } catch (error) {
      if (failedAt === undefined) process.stderr.write(`${String(error)}\nShrinking: [${JSON.stringify(order)}]\n`)
      failedAt ??= Date.now()
      await closeWorld().catch(() => undefined)
      throw error
    }
    const { book } = world.state
    for (const chat of book.chats.values()) total.autoReplies += chat.autoReplies
    total.approvals += book.approvals.size
    total.coachSends += book.coachSends.size
    total.takenBack += book.takenBack.size
    for (const count of book.later.values()) total.later += count
  }

  const ofTheDead = (error: unknown): void => {
    if (!(error instanceof Error && error.message.includes('database connection is not open'))) throw error
  }
  process.on('unhandledRejection', ofTheDead)
  await import('openai')
  const result = await fc.check(fc.asyncProperty(orders, play), { seed, numRuns: count, endOnFailure: false })
  await closeWorld()
  process.off('unhandledRejection', ofTheDead)
  process.stdout.write(`orders: seed ${seed}: ${JSON.stringify(total)}\n`)
  if (result.failed) {
    const found = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
    throw new Error(`${found}\n${fc.defaultReportMessage(result)}`, { cause: result.errorInstance })
  }
  const tooLittle =
    total.crashes < count / 5 ||
    total.autoReplies < count ||
    total.approvals < count / 20 ||
    total.coachSends < count / 4
  if (tooLittle) throw new Error('Too little happened for this run to mean anything.')
}

const playOrder = async (world: World, chats: readonly [string, string], order: Order): Promise<void> => {
  const { isGathering, undoSendSeconds, silenceMinutes, silenceWhat, mode } = order
  const book = createBook(mode)
  book.silence = { minutes: silenceMinutes, what: silenceWhat }
  world.state.book = book
  await world.begin({
    gatherMs: isGathering ? 2_000 : 0,
    defaultReplyMode: mode,
    ...{ undoSendSeconds, silenceMinutes, silenceWhat },
  })
  world.write(chats[0], ['Hello, I am new here'], false)
  await world.settle()
  if (order.isLetIn) actAsCoach(world, chats[0], 'accept', false)
  await world.settle()
  for (const { command, isAtOnce } of order.events) {
    await perform(world, chats, command)
    if (!isAtOnce) {
      await world.settle()
      judgeCrisisWords(world)
    }
    refuseFaults(world)
  }
  await comeToRest(world)
  for (const chatId of chats) judgeRest(world, chatId)
  refuseFaults(world)
  world.changeSettings({ quietHoursOn: false, handOffAt: 7 })
  changeDefaultMode(world, 'autopilot')
  const known = chats.filter((chatId) => world.far.written.some((entry) => updateOf(entry).chatId === chatId))
  for (const chatId of known) await resume(world, chatId)
  refuseFaults(world)
}

const refuseFaults = (world: World): void => {
  const { faults } = world.state.book
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** The weather clears: the channel is on, what hung arrives, the model is well, and time passes. */
const comeToRest = async (world: World): Promise<void> => {
  world.clearPlans()
  await world.settle()
  await world.switchChannel(true)
  await world.settle()
  world.far.release()
  await world.pass(3 * minutes)
  // What waits for its time comes to it: the end of the quiet hours, scheduled sends, the coach's silence.
  const { horizon, silence, chats } = world.state.book
  const phones = [...chats.values()].map(({ phoneAt }) => (phoneAt ?? 0) + (silence.minutes + 1) * minutes)
  const rest = Math.max(horizon, ...phones) - world.clock.now()
  if (rest > -3 * minutes) await world.pass(Math.max(0, rest) + 3 * minutes)
}

/** Control returns to a healthy clone: it answers what is open, and then a burst with exactly one reply. */
const resume = async (world: World, chatId: string): Promise<void> => {
  actAsCoach(world, chatId, 'accept', false)
  actAsCoach(world, chatId, 'takeOver', false)
  actAsCoach(world, chatId, 'handBack', false)
  changeClient(world, chatId, { replyMode: 'autopilot', isSensitive: false })
  await world.pass(2 * minutes)
  judgeRest(world, chatId)
  const chat = chatOf(world.state.book, chatId)
  const before = chat.autoReplies
  world.write(chatId, ['Good morning', 'What shall we do today?'], false)
  await world.pass(2 * minutes)
  judgeRest(world, chatId)
  const answers = chat.autoReplies - before
  if (answers !== 1) world.state.book.faults.push(`${chatId}: a burst in fair weather got ${answers} replies`)
}
