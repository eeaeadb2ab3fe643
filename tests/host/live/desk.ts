import { vi } from 'vitest'
import { type ModelServer, startModelServer } from '../../fakes/modelServer.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

export interface Desk {
  readonly house: TestHost
  readonly model: ModelServer
  open(name?: string): ReturnType<TestHost['client']['inbox']['conversation']>
  thread(name?: string): Promise<Awaited<ReturnType<TestHost['client']['inbox']['thread']>>['messages']>
  /** Texts that reached the clients. */
  texts(): string[]
  until: typeof until
  /** The clone's words that reached the clients, without the fixed lines. */
  answers(name?: string): Promise<string[]>
  /** So much time passes in sleep; then the machine wakes. */
  later(ms: number): void
  close(): Promise<void>
}

/** A coach's desk: a real host, a model that answers kindly, and a channel whose far end the test plays. */
export const openDesk = async (options: Parameters<typeof startTestHost>[0] = {}): Promise<Desk> => {
  const model = await startModelServer()
  model.respond(() => ({ reply: 'What would help you today?', confidence: 0.85 }))
  const house = await startTestHost({
    ...options,
    environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in', ...options.environment },
    settings: { defaultReplyMode: 'autopilot', ...options.settings },
  })
  const realNow = Date.now
  let slept = 0
  const time = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + slept)
  const idOf = async (name: string): Promise<string> => {
    for (const filter of ['all', 'requests', 'snoozed', 'done', 'needs_me'] as const) {
      const { rows } = await house.client.inbox.list({ filter, limit: 50 })
      const row = rows.find((one) => one.clientName === name)
      if (row) return row.id
    }
    throw new Error(`There is no conversation with ${name}.`)
  }
  const thread: Desk['thread'] = async (name = 'Ann') =>
    (await house.client.inbox.thread({ conversationId: await idOf(name), limit: 100 })).messages
  return {
    house,
    model,
    open: async (name = 'Ann') => house.client.inbox.conversation({ conversationId: await idOf(name) }),
    thread,
    answers: async (name) =>
      (await thread(name)).filter((message) => message.senderType === 'ai').map((message) => message.content),
    later: (ms) => {
      slept += ms
      house.host.onWake()
    },
    texts: () => house.far.sent.map((message) => message.text),
    until,
    close: async () => {
      await house.stop()
      time.mockRestore()
      await model.close()
    },
  }
}

export const minutes = (count: number): number => count * 60_000
export const request = () => ({ requestId: crypto.randomUUID() })
export const nothingHappens = (ms = 250): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
