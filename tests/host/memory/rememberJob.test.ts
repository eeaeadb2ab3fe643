import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createJobRunner } from '../../../host/jobs/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { rememberJobs, wantAllMemory, wantMemory } from '../../../host/memory/index.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { openRemembered, sessionGapMinutes } from './remembered.ts'
import { coach, noon } from './talk.ts'

const minuteMs = 60_000

const running = () => {
  const memory = openRemembered()
  const clock = createFakeClock(noon)
  const { write, queries } = memory
  const jobs = createJobRunner({
    write,
    queries,
    clock,
    log: silentLog,
    handlers: rememberJobs({ write, queries, clock, sessionGapMinutes: () => sessionGapMinutes }),
  })
  jobs.start()
  onTestFinished(() => jobs.drain(0))
  const say = (clientId: string, said: Parameters<typeof memory.say>[2]): void => {
    memory.say(clientId, clock.now(), said)
    write((tx) => wantMemory(tx, clientId, clock.now()))
    jobs.wake()
  }
  const states = () => queries.all<{ kind: string; state: string }>(sql`SELECT kind, state FROM jobs ORDER BY seq`)
  return { ...memory, tell: memory.say, clock, jobs, say, states }
}

describe('memory reads by itself', () => {
  test('once the client pauses, not while they write', async () => {
    const memory = running()
    memory.addClient('ada')
    memory.say('ada', 'I want to learn Italian.')
    await memory.clock.advance(80_000)
    memory.say('ada', 'And to sing.')
    await memory.clock.advance(80_000)
    expect(memory.insights('ada')).toEqual([])
    await memory.clock.advance(11_000)
    expect(memory.insights('ada')).toEqual(['goal: learn Italian'])
  })

  test('at once where much was written without a pause', async () => {
    const memory = running()
    memory.addClient('ada')
    for (let nth = 0; nth < 20; nth += 1) memory.say('ada', `I want to visit town ${nth} of Wales.`)
    await memory.clock.advance(10)
    expect(memory.recall('ada').sessions(1)).toMatchObject([{ clientMessageCount: 20 }])
  })

  test('once more when the session is over, with what the coach answered', async () => {
    const memory = running()
    memory.addClient('ada')
    memory.say('ada', 'I want to learn Italian.')
    await memory.clock.advance(2 * minuteMs)
    memory.tell('ada', memory.clock.now(), coach('Why Italian?'))
    await memory.clock.advance(sessionGapMinutes * minuteMs + 2 * minuteMs)
    expect(memory.recall('ada').sessions(1)).toMatchObject([{ messageCount: 2 }])
    expect(memory.states().every(({ state }) => state === 'done')).toBe(true)
  })

  test('all that was said before it existed, one conversation after the other, then rests', async () => {
    const memory = running()
    for (const id of ['ada', 'ben']) memory.addClient(id)
    for (const id of ['ada', 'ben']) for (let nth = 0; nth < 3; nth += 1) openTalkOf(memory, id, nth)
    memory.write((tx) => wantAllMemory(tx, memory.clock.now()))
    memory.jobs.wake()
    await memory.clock.advance(10 * minuteMs)
    for (const id of ['ada', 'ben']) expect(memory.recall(id).sessions(9)).toHaveLength(3)
    expect(memory.states().filter(({ state }) => state === 'queued')).toEqual([])
    expect(everyRow(memory.queries).memory_progress).toHaveLength(2)
  })
})

const openTalkOf = (memory: ReturnType<typeof running>, id: string, nth: number): void =>
  memory.write((tx) => {
    const at = noon - (3 - nth) * 24 * 60 * minuteMs
    for (let message = 0; message < 40; message += 1)
      tx.queries.run(sql`INSERT INTO messages(id, conversation_id, client_id, channel, sender_type, sender_id, content, delivery_status, sent_at, created_at)
        VALUES (${`${id}-${nth}-${message}`}, ${id}, ${id}, 'practice', 'client', ${id}, 'The garden needs rain.', 'received', ${at + message}, ${at})`)
    tx.queries.run(
      sql`UPDATE conversations SET last_seq = (SELECT max(seq) FROM messages WHERE conversation_id = ${id}) WHERE id = ${id}`,
    )
  })
