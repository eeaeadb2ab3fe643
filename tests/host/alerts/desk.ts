import { asc, eq } from 'drizzle-orm'
import { alerts, conversations, handoffs } from '../../../db/schema/index.ts'
import { createWriter } from '../../../db/write.ts'
import { type Attention, createAlerts } from '../../../host/alerts/index.ts'
import type { Channel, CoachAlert, SendResult } from '../../../host/channels/index.ts'
import { appendMessage, getConversation } from '../../../host/conversations/index.ts'
import { createChanges } from '../../../host/events/index.ts'
import { acknowledge, raiseHandoff, takeOver } from '../../../host/handoff/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { createSettings } from '../../../host/settings/index.ts'
import type { Change } from '../../../shared/contract/events.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import type { HandoffTrigger } from '../../../shared/taxonomy/conversation.ts'
import { createFakeChannel } from '../../fakes/channel.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

export const noon = Date.UTC(2026, 10, 20, 12)

/** A coach's desk: a database, a clock the test moves, alerts that can be started again, and a telephone. */
export const openDesk = (given: Partial<SettingsValues> = {}) => {
  const db = openMemoryDatabase()
  const clock = createFakeClock(noon)
  const changes = createChanges()
  const write = createWriter(db.sqlite, db.queries, changes.publish)
  let values: SettingsValues = { ...createSettings(db.queries, {}).values(), ...given }
  const told: Attention[] = []
  const published: Change[] = []
  changes.listen((batch) => published.push(...batch))
  const calls: CoachAlert[] = []
  const answers: (SendResult | 'throw' | 'hang')[] = []
  const phone = {
    isSetUp: true,
    calls,
    /** How the next calls end; without an entry they arrive. */
    answers,
  }
  const channel: Channel = {
    ...createFakeChannel({ name: 'telegram' }).channel,
    canAlertCoach: () => phone.isSetUp,
    alertCoach: (alert) => {
      calls.push(alert)
      const next = answers.shift()
      if (next === 'throw') return Promise.reject(new Error('socket closed'))
      if (next === 'hang') return new Promise(() => undefined)
      return Promise.resolve(next ?? { outcome: 'sent', externalId: `${calls.length}` })
    },
  }
  const create = () => {
    const made = createAlerts({
      write,
      queries: db.queries,
      clock,
      log: silentLog,
      settings: () => values,
      ownDevice: () => channel,
      changes,
    })
    made.listen((attention) => told.push(attention))
    return made
  }
  let running = create()

  const addClient = (name: string, more: { isPractice?: boolean; replyMode?: 'autopilot' | 'drafts' | 'off' } = {}) => {
    db.addClient(name, name, more)
    db.queries
      .insert(conversations)
      .values({
        id: `with-${name}`,
        clientId: name,
        channel: 'telegram',
        externalChatId: name,
        lastMessageAt: clock.now(),
        createdAt: clock.now(),
      })
      .run()
    return `with-${name}`
  }

  const clientWrites = (conversationId: string, content = 'Hello'): number =>
    write((tx) => {
      const conversation = getConversation(tx.queries, conversationId)
      return appendMessage(
        tx,
        conversation,
        {
          senderType: 'client',
          senderId: conversation.clientId,
          content,
          deliveryStatus: 'received',
          sentAt: clock.now(),
        },
        clock.now(),
      ).seq
    })

  /** The client writes and the coach is called, in one transaction as on arrival. Returns the handoff's id. */
  const raise = (conversationId: string, trigger: HandoffTrigger = 'safety_crisis'): string => {
    write((tx) => {
      const conversation = getConversation(tx.queries, conversationId)
      appendMessage(
        tx,
        conversation,
        {
          senderType: 'client',
          senderId: conversation.clientId,
          content: 'SECRET WORDS',
          deliveryStatus: 'received',
          sentAt: clock.now(),
        },
        clock.now(),
      )
      const decision = { lock: trigger === 'safety_crisis', score: 5, parts: [], reason: 'Because.', trigger }
      raiseHandoff(
        tx,
        getConversation(tx.queries, conversationId),
        { decision, tellClient: true, coachName: 'Robin' },
        clock.now(),
      )
    })
    const rows = db.queries.select().from(handoffs).where(eq(handoffs.conversationId, conversationId)).all()
    return rows.at(-1)?.id ?? ''
  }

  const rowsOf = (handoffId: string, route: 'console' | 'own_device') =>
    db.queries
      .select()
      .from(alerts)
      .where(eq(alerts.handoffId, handoffId))
      .orderBy(asc(alerts.seq))
      .all()
      .filter((row) => row.route === route)

  return {
    db,
    clock,
    write,
    phone,
    told,
    published,
    addClient,
    clientWrites,
    raise,
    acknowledge: (conversationId: string) => write((tx) => acknowledge(tx, conversationId, clock.now())),
    takeOver: (conversationId: string) => write((tx) => takeOver(tx, conversationId, clock.now())),
    levels: (handoffId: string) => rowsOf(handoffId, 'console').map((row) => row.level),
    consoleRows: (handoffId: string) => rowsOf(handoffId, 'console'),
    ownDeviceRows: (handoffId: string) => rowsOf(handoffId, 'own_device'),
    alerts: () => running,
    set: (more: Partial<SettingsValues>) => {
      values = { ...values, ...more }
      changes.publish([{ topic: 'settings' }])
    },
    /** The console is closed and opened again. */
    restart: async () => {
      await running.stop()
      running = create()
      running.start()
    },
    /** The console is gone without a word, as after a crash; its timers and what it was doing are lost. */
    crash: () => {
      void running.stop()
      running = create()
    },
    close: async () => {
      const stopping = running.stop()
      await clock.advance(5_000)
      await stopping
      db.close()
    },
  }
}
export type Desk = ReturnType<typeof openDesk>
