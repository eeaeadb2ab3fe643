import { expect, test } from 'vitest'
import { type PastCoachTurn, pastCoachTurns } from '../../../host/learning/index.ts'
import type { KeptTurn } from '../../../host/learning/past/select.ts'
import { addTurns, beginImport, beginRemoving, finishImport } from '../../../host/learning/past/store.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

const minute = 60_000

const open = () => {
  const database = openMemoryDatabase()
  database.addClient('maya', 'Maya')
  database.addClient('ben', 'Ben')
  let imports = 0
  const put = (turns: readonly KeptTurn[], clientId: string | null, isFinished = true): string =>
    database.write((tx) => {
      imports += 1
      const made = { name: 'a', format: 'csv', contentHash: `${imports}`, clientId } as const
      const id = beginImport(tx, made, imports)
      addTurns(tx, id, turns, () => clientId)
      if (isFinished) finishImport(tx, id, { counts: {}, firstAt: null, lastAt: null })
      return id
    })
  const all = (): PastCoachTurn[] => [...pastCoachTurns(database.queries)]
  return { ...database, put, all }
}

const turn = (author: KeptTurn['author'], content: string, at: number | null, thread = 0): KeptTurn => ({
  thread,
  author,
  content,
  sentAt: at,
  orderAt: at ?? 0,
})

test('each turn of the coach is told with at most five turns before and after, in the order of time', () => {
  const { put, all } = open()
  const talk = Array.from({ length: 15 }, (_, index) =>
    turn(index === 7 ? 'human_coach' : 'client', `${index}`, index * minute),
  )
  put([...talk.slice(8), ...talk.slice(0, 8)], 'maya')
  expect(all()).toMatchObject([
    {
      text: '7',
      clientId: 'maya',
      sentAt: 7 * minute,
      before: ['2', '3', '4', '5', '6'].map((text) => ({ from: 'client', text })),
      after: ['8', '9', '10', '11', '12'].map((text) => ({ from: 'client', text })),
    },
  ])
})

test('nothing of another client, another conversation or another file is ever around a turn', () => {
  const { put, all } = open()
  const talk = (name: string, thread = 0) => [
    turn('client', `${name} asks`, minute, thread),
    turn('human_coach', `to ${name}`, 2 * minute, thread),
    turn('client', `${name} thanks`, 3 * minute, thread),
  ]
  put(talk('Maya'), 'maya')
  put([...talk('Ben'), ...talk('Ben again', 1)], 'ben')
  const told = all()
  expect(told.map(({ text }) => text).toSorted()).toEqual(['to Ben', 'to Ben again', 'to Maya'])
  for (const { text, before, after } of told) {
    const name = text.slice(3)
    expect([before, after]).toEqual([
      [{ from: 'client', text: `${name} asks` }],
      [{ from: 'client', text: `${name} thanks` }],
    ])
  }
})

test('what two exports of one conversation share counts once, and the same words at two times count twice', () => {
  const { put, all } = open()
  const words = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => turn('human_coach', `m${from + index}`, (from + index) * minute))
  put(words(0, 10), 'maya')
  put(words(5, 15), 'maya')
  put([turn('human_coach', 'Yes', minute), turn('human_coach', 'Yes', minute)], 'ben')
  const told = all()
  expect(told.filter(({ clientId }) => clientId === 'maya').map(({ text }) => text)).toHaveLength(15)
  expect(told.filter(({ clientId }) => clientId === 'ben')).toHaveLength(2)
})

test('an import that is not finished, or is being removed, is not there', () => {
  const { put, all, write } = open()
  put([turn('human_coach', 'half', minute)], null, false)
  const id = put([turn('human_coach', 'whole', minute)], null)
  expect(all().map(({ text }) => text)).toEqual(['whole'])
  write((tx) => beginRemoving(tx, id))
  expect(all()).toEqual([])
})

test('of all imports together only the newest 5,000 turns are told', () => {
  const { put, all } = open()
  const words = (from: number) =>
    Array.from({ length: 3_000 }, (_, index) => turn('human_coach', `m${from + index}`, (from + index) * minute))
  put(words(3_000), 'maya')
  put(words(0), 'ben')
  const told = all()
  expect(told).toHaveLength(5_000)
  expect(told.filter(({ clientId }) => clientId === 'maya')).toHaveLength(3_000)
  expect(told.some(({ text }) => text === 'm999')).toBe(false)
})
