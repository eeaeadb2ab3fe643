import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { approveCheckIn, dismissCheckIn, listCheckIns } from '../../../host/checkIns/index.ts'
import { getConversation } from '../../../host/conversations/index.ts'
import { raiseHandoff } from '../../../host/handoff/index.ts'
import { listConversations } from '../../../host/inbox/index.ts'
import { plansOf, setPlanState, waitingCheckIns } from '../../../host/memory/index.ts'
import type { InsightState } from '../../../shared/taxonomy/memory.ts'
import { everyRow, wipeMemory } from '../../fixtures/memoryRows.ts'
import { openRemembered } from '../memory/remembered.ts'
import { dayMs, noon } from '../memory/talk.ts'

const hourMs = 3_600_000
const settings = { quietHoursOn: false, quietFrom: '22:00', quietTo: '07:00' }

/** Ada said at noon on Wednesday what she would do by Friday; now it is Friday noon. */
const friday = noon + 2 * dayMs
const open = (said = "I'll call my manager by Friday.") => {
  const memory = openRemembered()
  memory.addClient('ada', 'Ada Lund')
  const [seq = 0] = memory.say('ada', noon, said)
  memory.remember(noon)
  const list = (now = friday, clientId = 'ada') => listCheckIns(memory.queries, clientId, settings, now)
  const commitments = (now = friday, clientId = 'ada') => list(now, clientId).map(({ commitment }) => commitment)
  const run = (statement: string): void => memory.write((tx) => void tx.queries.run(statement))
  const idOf = (clientId = 'ada') => plansOf(memory.queries, clientId, friday)[0]?.id ?? ''
  const approve = (more: Partial<Parameters<typeof approveCheckIn>[1]> = {}, now = friday) =>
    memory.write((tx) =>
      approveCheckIn(
        tx,
        { clientId: 'ada', id: idOf(), requestId: crypto.randomUUID(), text: 'So?', sendAt: now + dayMs, ...more },
        now,
      ),
    )
  const dismiss = (id = idOf(), clientId = 'ada') => memory.write((tx) => dismissCheckIn(tx, { clientId, id }, friday))
  const setState = (state: InsightState, at = friday, clientId = 'ada', id = idOf()) =>
    memory.write((tx) => setPlanState(tx, { clientId, id, state }, at))
  const states = () => plansOf(memory.queries, 'ada', friday).map(({ text, state }) => `${state}: ${text}`)
  const scheduled = () =>
    memory.queries.all<{ text: string; at: number; silent: number }>(
      sql`SELECT text, send_after AS at, expected_client_seq AS silent FROM outbox WHERE state = 'queued' AND author = 'human'`,
    )
  return { ...memory, seq, list, commitments, run, idOf, approve, dismiss, setState, states, scheduled }
}

describe('a commitment that falls due is suggested', () => {
  test('with the client’s words, a time after it is due, and where it was said', () => {
    const { list, seq } = open()
    expect(list()).toMatchObject([
      {
        clientName: 'Ada Lund',
        commitment: 'call my manager by Friday',
        dueText: 'by Friday',
        text: expect.stringContaining('Hi Ada,'),
        sendAt: Date.UTC(2026, 2, 21, 10),
        hourFrom: 'default',
        timeZone: 'UTC',
        isGuessedZone: false,
        place: { conversationId: 'ada', seq },
      },
    ])
    expect(list()[0]?.text).toContain('“call my manager”')
  })

  test('and without the day on which it was due, which is over when they are asked', () => {
    const textOf = (said: string) => /“(.*)”/u.exec(open(said).list(noon + dayMs)[0]?.text ?? '')?.[1]
    expect(textOf("I'll call Ana tomorrow.")).toBe('call Ana')
    expect(textOf("I'll call Ana by tomorrow.")).toBe('call Ana')
    expect(textOf("I'll call Ana tomorrow about the flat.")).toBe('call Ana tomorrow about the flat')
  })

  test('but not where it is marked as sensitive: the suggestion stands in sight of whoever looks at the inbox', () => {
    const { list, queries } = open()
    queries.run(sql`UPDATE client_insights SET is_sensitive = 1`)
    expect(list()).toEqual([])
  })

  test('from a day before it is due until two weeks after', () => {
    const { commitments } = open()
    const due = noon + 2 * dayMs + 12 * hourMs
    expect(commitments(due - dayMs - 1)).toEqual([])
    expect(commitments(due - dayMs)).toHaveLength(1)
    expect(commitments(due + 14 * dayMs - 1)).toHaveLength(1)
    expect(commitments(due + 14 * dayMs)).toEqual([])
  })

  test('in the client’s language, and in the coach’s words where they corrected it', () => {
    const { run, list, say, remember } = open('Mañana voy a llamar a mi hermana.')
    say('ada', noon, 'Hoy no he podido dormir nada y estoy muy cansada, pero quiero hablar con ella.')
    remember(noon + 1)
    expect(list(noon + dayMs)[0]?.text).toMatch(/^Hola, Ada\. .*«.*llamar a mi hermana/u)
    run("UPDATE client_insights SET corrected_text = 'llamar a Ana'")
    expect(list(noon + dayMs)[0]).toMatchObject({ commitment: 'llamar a Ana' })
    expect(list(noon + dayMs)[0]?.text).toContain('«llamar a Ana»')
  })

  test('at the hour in which the client usually writes', () => {
    const memory = open()
    for (let day = 1; day <= 12; day += 1) memory.say('ada', noon - day * dayMs + 4 * hourMs, 'Quiet day here.')
    memory.remember(noon)
    expect(memory.list()).toMatchObject([{ hourFrom: 'writes' }])
    expect(new Date(memory.list()[0]?.sendAt ?? 0).getUTCHours()).not.toBe(10)
  })

  test('and the zone is called a guess where nobody said where the client lives', () => {
    const { run, list } = open()
    run('UPDATE clients SET time_zone = NULL')
    expect(list()).toMatchObject([{ isGuessedZone: true }])
  })

  test('in the inbox, under its own filter', () => {
    const { queries, addClient, say, remember } = open()
    addClient('ben', 'Ben Ode')
    say('ben', noon, 'I want to sleep more.')
    remember(noon)
    const listed = (now: number) =>
      listConversations(queries, { filter: 'check_ins', limit: 9 }, now).rows.map(({ clientName }) => clientName)
    expect(listed(friday)).toEqual(['Ada Lund'])
    expect(waitingCheckIns(queries, friday)).toEqual([{ clientId: 'ada', conversationId: 'ada', count: 1 }])
    expect(listed(noon)).toEqual([])
  })
})

describe('nobody is asked', () => {
  const never = (name: string, change: (opened: ReturnType<typeof open>) => void) =>
    test(name, () => {
      const opened = open()
      expect(opened.commitments()).toHaveLength(1)
      change(opened)
      expect(opened.commitments()).toEqual([])
      expect(waitingCheckIns(opened.queries, friday)).toEqual([])
      expect(() => opened.approve()).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
      expect(opened.scheduled()).toEqual([])
    })

  never('who is in a crisis', ({ write, queries }) => {
    const decision = { lock: true, reason: 'A sentence.', score: 7, parts: [], trigger: 'safety_crisis' as const }
    const raise = { decision, tellClient: true, coachName: 'Robin' }
    write((tx) => raiseHandoff(tx, getConversation(queries, 'ada'), raise, friday))
  })
  never('whose crisis the coach has taken over and not handed back', ({ run }) =>
    run(`INSERT INTO handoffs (id, conversation_id, client_id, message_seq, from_owner, to_owner, trigger, reason, created_at)
      VALUES ('h', 'ada', 'ada', 1, 'locked', 'human', 'safety_crisis', 'x', 1)`),
  )
  never('who is locked in another conversation of theirs', ({ run }) =>
    run(`INSERT INTO conversations (id, client_id, channel, external_chat_id, owner, last_message_at, created_at)
      VALUES ('second', 'ada', 'fake', 'second', 'locked', 1, 1)`),
  )
  never('who was declined', ({ run }) => run("UPDATE conversations SET acceptance = 'declined'"))
  never('who only asks to be let in', ({ run }) => run("UPDATE conversations SET acceptance = 'requested'"))
  never('who blocked the bot', ({ run }) => run('UPDATE conversations SET is_reachable = 0'))
  never('in a practice that is off', ({ run }) => run('UPDATE clients SET is_practice = 1'))
  never('about what the coach does not want mentioned', ({ run }) =>
    run("INSERT INTO memory_wishes (id, client_id, words, created_at) VALUES ('w', 'ada', 'MANAGER', 1)"),
  )
  never('about what they did', ({ say, remember }) => {
    say('ada', noon + dayMs, 'I finally called my manager!')
    remember(noon + dayMs)
  })
  never('about what the coach knows to be done', ({ setState }) => setState('done'))

  test('about what the coach made forgotten, or what the client took back', () => {
    const { commitments, run, seq, change, remember, say } = open()
    run('UPDATE client_insights SET forgotten_at = 1')
    expect(commitments()).toEqual([])
    run('UPDATE client_insights SET forgotten_at = NULL')
    expect(commitments()).toHaveLength(1)
    change(seq, { removedAt: friday })
    say('ada', friday, 'Never mind.')
    remember(friday)
    expect(commitments()).toEqual([])
  })

  test('and in practice that is on, somebody is', () => {
    const { run, commitments } = open()
    run('UPDATE clients SET is_practice = 1')
    run("INSERT INTO settings (key, value, updated_at) VALUES ('practiceIsOn', 'true', 1)")
    expect(commitments()).toHaveLength(1)
  })
})

describe('what the coach decides holds', () => {
  test('an approved one is scheduled once, for the time they chose, and only if the client is silent', () => {
    const { approve, scheduled, commitments, seq } = open()
    const requestId = crypto.randomUUID()
    const first = approve({ requestId })
    expect(approve({ requestId })).toEqual(first)
    expect(scheduled()).toEqual([{ text: 'So?', at: friday + dayMs, silent: seq }])
    expect(commitments()).toEqual([])
    expect(() => approve()).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  })

  test('a time that is over is refused with a sentence, and so is one in a far year', () => {
    const { approve, scheduled } = open()
    const refused = { code: 'INVALID_INPUT' }
    expect(() => approve({ sendAt: friday })).toThrow(
      expect.objectContaining({ ...refused, message: 'This time is over. Choose a later one.' }),
    )
    expect(() => approve({ sendAt: friday + 400 * dayMs })).toThrow(expect.objectContaining(refused))
    expect(scheduled()).toEqual([])
  })

  test('a dismissed one does not come back, whatever is read anew, until the client says it again', () => {
    const { dismiss, commitments, say, remember, run, queries } = open()
    dismiss()
    dismiss()
    expect(commitments()).toEqual([])
    run('DELETE FROM memory_progress')
    remember(noon + 1)
    run("UPDATE clients SET time_zone = 'Europe/Berlin'")
    remember(noon + 2)
    expect(commitments()).toEqual([])
    expect(plansOf(queries, 'ada', friday)).toHaveLength(1)
    say('ada', noon + dayMs, "I'll call my manager by Friday.")
    remember(noon + dayMs)
    expect(commitments()).toHaveLength(1)
  })

  test('asking twice for the suggestions writes nothing', () => {
    const { list, queries } = open()
    const before = everyRow(queries)
    expect(list()).toEqual(list())
    expect(everyRow(queries)).toEqual(before)
  })

  test('the coach’s word on a commitment survives every reading, and ends with the client’s next word', () => {
    const { setState, states, run, remember, say, commitments } = open()
    setState('done')
    expect(states()).toEqual(['done: call my manager by Friday'])
    run('DELETE FROM memory_progress')
    remember(friday + 1)
    expect(states()).toEqual(['done: call my manager by Friday'])
    setState('dropped')
    expect(states()).toEqual(['dropped: call my manager by Friday'])
    setState('open', friday + 2)
    expect(states()).toEqual(['open: call my manager by Friday'])
    expect(commitments()).toHaveLength(1)
    say('ada', friday + hourMs, 'I finally called my manager!')
    remember(friday + hourMs)
    expect(states()).toEqual(['done: call my manager by Friday'])
  })

  test('a goal that the client gave up can be opened again, and given up again', () => {
    const { setState, states, say, remember } = open('I want to learn Italian.')
    say('ada', noon + hourMs, "I don't want to learn Italian any more.")
    remember(noon + hourMs)
    expect(states()).toEqual(['dropped: learn Italian'])
    setState('open')
    expect(states()).toEqual(['open: learn Italian'])
    say('ada', friday + hourMs, "I don't want to learn Italian any more.")
    remember(friday + hourMs)
    expect(states()).toEqual(['dropped: learn Italian'])
  })

  test('nothing but goals and commitments has a state', () => {
    const { setState, queries, say, remember } = open()
    say('ada', noon + hourMs, 'I keep putting off the report.')
    remember(noon + hourMs)
    const [blocker] = queries.all<{ id: string }>(sql`SELECT id FROM client_insights WHERE insight_type = 'blocker'`)
    expect(blocker).toBeDefined()
    expect(() => setState('done', friday, 'ada', blocker?.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  test('all of it can be forgotten', () => {
    const { dismiss, write, queries } = open()
    dismiss()
    wipeMemory({ write })
    expect(Object.values(everyRow(queries)).flat()).toEqual([])
  })
})

test('one client’s commitment is nothing to another', () => {
  const { addClient, idOf, dismiss, setState, approve, list, commitments, states } = open()
  addClient('ben', 'Ben Ode')
  const notFound = expect.objectContaining({ code: 'NOT_FOUND' })
  expect(list(friday, 'ben')).toEqual([])
  expect(() => dismiss(idOf(), 'ben')).toThrow(notFound)
  expect(() => setState('done', friday, 'ben')).toThrow(notFound)
  expect(() => approve({ clientId: 'ben', id: idOf() })).toThrow(notFound)
  expect(() => approve({ id: 'nothing' })).toThrow(notFound)
  expect(() => list(friday, 'nobody')).toThrow(notFound)
  expect(commitments()).toHaveLength(1)
  expect(states()).toEqual(['open: call my manager by Friday'])
})
