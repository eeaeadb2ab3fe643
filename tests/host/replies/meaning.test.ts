import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { startEmbeddingServer } from '../../fakes/embeddingServer.ts'
import { type Desk, minutes, openDesk } from '../live/desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  const things = ['rain', 'bread', 'maps', 'birds', 'keys', 'snow', 'lamps', 'doors', 'tea', 'trains']
  // Never twice the same, which would be held back.
  desk.model.respond(() => ({ reply: `So ${things.shift()}, tell me?`, confidence: 0.9 }))
})
afterEach(() => desk.close())

const inFile = <T>(work: (sqlite: ReturnType<typeof openDatabase>['sqlite']) => T): T => {
  const { folder } = desk.house
  const { sqlite, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: readKeyFile(folder) })
  try {
    return work(sqlite)
  } finally {
    close()
  }
}
const countIn = (table: string): number =>
  inFile((sqlite) => Number(sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()))

const write = async (text: string) => {
  const { requests } = desk.model
  const [asked, sent] = [requests.length, desk.house.far.sent.length]
  await desk.house.far.write('Ann', text)
  await desk.until('the clone has answered', () => requests.length > asked && desk.house.far.sent.length > sent)
}
const prompt = (): string => desk.model.requests.at(-1)?.messages[0]?.content ?? ''
/** The moments that the last reply was told, without talks and last messages. */
const moments = (): string =>
  prompt()
    .split('\n')
    .filter((line) => line.includes('Person'))
    .join('\n')

const startServer = async () => {
  const server = await startEmbeddingServer({ dimensions: 256, synonyms: [['sister', 'sibling']] })
  onTestFinished(() => server.close())
  return server
}

test('a reply is told the moment that its client means, for one question to the server', async () => {
  const { spaces } = desk.house.client.library
  const server = await startServer()
  await spaces.setUp({ baseUrl: server.url, model: 'small', priceUsd: 0, apiKey: '' })
  await desk.until('it is in use', async () => (await spaces.status()).active !== null)
  // As a library of some size would have told.
  inFile((sqlite) => sqlite.exec("UPDATE spaces SET threshold = 0.4 WHERE state = 'active'"))
  await write('My sister Ana lives in Oslo.')
  for (const thing of ['rain', 'tea', 'trains', 'shoes', 'lamps']) await write(`Just ${thing}.`)
  desk.later(minutes(3))
  await desk.until('memory has read it', () => countIn('ai_episodic_memory') > 0)
  desk.later(minutes(1))
  await desk.until('it has its vector', () => countIn('episode_vectors') > 0)
  expect(server.paid.filter((text) => text === 'My sister Ana')).toHaveLength(1)
  await write('Sibling?')
  expect(moments()).toContain('My sister Ana')
  expect(server.paid.filter((text) => text === 'Sibling?')).toHaveLength(1)

  await spaces.turnOff({})
  await desk.until('no vector is left', () => countIn('episode_vectors') === 0)
  await write('The sibling?')
  expect(moments()).not.toContain('My sister Ana')
  expect(server.paid.filter((text) => text === 'The sibling?')).toEqual([])
})
