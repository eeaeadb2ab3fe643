import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { type Desk, minutes, openDesk, request } from '../live/desk.ts'
import { analysis, givenIn, grounding, relief } from './refining.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const disagreements = (): string[] => {
  const { folder } = desk.house
  const { sqlite, close } = openDatabase({
    file: join(folder, 'opencoach.db'),
    key: readKeyFile(folder),
    readonly: true,
  })
  try {
    return sqlite.prepare('SELECT disagreements FROM human_intervention_analyses').pluck().all().map(String)
  } finally {
    close()
  }
}

test('half an hour after the client’s last word the model reads the takeover, and what differs is kept', async () => {
  desk.model.analyse(() => analysis({ style: { tone: 'playful' } }))
  await desk.house.far.write('Sarah', 'I want to quit my job right now')
  await desk.until('it has arrived', async () => (await desk.open('Sarah')).id !== '')
  const { id } = await desk.open('Sarah')
  await desk.house.client.inbox.takeOver({ conversationId: id })
  await desk.house.client.inbox.send({ conversationId: id, text: grounding, ...request() })
  await desk.until('it is sent', () => desk.texts().includes(grounding))
  await desk.house.far.write('Sarah', relief)
  await desk.house.client.inbox.handBack({ conversationId: id })
  await desk.until('rules have learned', () => disagreements().length === 1)
  expect(desk.model.analyses).toEqual([])
  desk.later(minutes(40))
  await desk.until('the model was asked', () => desk.model.analyses.length === 1)
  await desk.until('it is kept', () => disagreements().some((one) => one.includes('playful')))
  expect(givenIn(desk.model.analyses[0] ?? { messages: [] })).toContain(`coach: ${grounding}`)
  expect(desk.model.complaints).toEqual([])
})
