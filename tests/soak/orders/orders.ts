import fc from 'fast-check'
import { chatOf, createBook } from './book.ts'
import { actAsCoach, changeClient } from './coach.ts'
import { type Order, orders, perform } from './commands.ts'
import { judgeRest } from './verdict.ts'
import { createWorld, type World } from './world.ts'

const ordersPerWorld = 100
const minutes = 60_000

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

  const play = async (order: Order): Promise<void> => {
    if (inWorld >= ordersPerWorld) await closeWorld()
    if (!world) worlds += 1
    world ??= await createWorld({ canTell: worlds % 2 === 0 })
    inWorld += 1
    total.orders += 1
    const chats = [`ann ${inWorld}`, `ben ${inWorld}`] as const
    try {
      await playOrder(world, chats, order)
    } catch (error) {
      await closeWorld().catch(() => undefined)
      throw error
    }
    const { book } = world.state
    for (const chat of book.chats.values()) total.autoReplies += chat.autoReplies
    total.approvals += book.approvals.size
    total.coachSends += book.humanSends.size
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
  world.state.book = createBook()
  await world.begin(order.isGathering ? 2_000 : 0, order.mode)
  world.write(chats[0], ['Hello, I am new here'], false)
  await world.settle()
  for (const { command, isAtOnce } of order.events) {
    await perform(world, chats, command)
    if (!isAtOnce) await world.settle()
    refuseFaults(world)
  }
  await comeToRest(world)
  for (const chatId of chats) judgeRest(world, chatId)
  refuseFaults(world)
  const known = chats.filter((chatId) => world.far.written.some(({ update }) => update.chatId === chatId))
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
}

/** Control returns to a healthy clone: it answers what is open, and then a burst with exactly one reply. */
const resume = async (world: World, chatId: string): Promise<void> => {
  world.changeSettings({ defaultReplyMode: 'autopilot' })
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
