import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pastImports, pastTurns } from '../../../db/schema/index.ts'
import { pastCoachTurns } from '../../../host/learning/index.ts'
import { until } from '../../fixtures/testHost.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'
import { manyLines, openPastRoom } from './pastRoom.ts'

const diesAt = join(import.meta.dirname, 'diesAt.ts')

// Before the row of the file, in the midst of the turns, and in the transaction that would have made it count.
test.each([0, 4, 9, 17])(
  'killed in transaction %i, an import leaves nothing, and the same file works afterwards',
  async (writes) => {
    const folder = temporaryFolder()
    const key = keyOf(3)
    const { signal } = spawnSync(process.execPath, [diesAt, folder, Buffer.from(key).toString('hex'), `${writes}`])
    expect(signal).toBe('SIGKILL')
    const room = openPastRoom(folder, key)
    onTestFinished(room.close)
    expect([...pastCoachTurns(room.queries)]).toEqual([])
    expect(room.past.list().rows).toEqual([])
    room.past.start()
    await until('the rest is cleared away', () => room.queries.select().from(pastImports).all().length === 0)
    expect(room.queries.select().from(pastTurns).all()).toEqual([])
    await room.takeIn('lines.csv', manyLines(4_000))
    expect([...pastCoachTurns(room.queries)]).toHaveLength(4_000)
  },
)

test('an import killed just now can be taken in at once, before the rest of it was cleared away', async () => {
  const folder = temporaryFolder()
  const key = keyOf(4)
  spawnSync(process.execPath, [diesAt, folder, Buffer.from(key).toString('hex'), '9'])
  const room = openPastRoom(folder, key)
  onTestFinished(room.close)
  expect(room.queries.select().from(pastTurns).all().length).toBeGreaterThan(0)
  await room.takeIn('lines.csv', manyLines(4_000))
  expect(room.queries.select().from(pastTurns).all()).toHaveLength(4_000)
})

test('what is learned is computed anew in the transaction in which an import begins or ceases to count', async () => {
  const seen: number[] = []
  const room = openPastRoom(temporaryFolder(), keyOf(6), {
    recomputeProfile: (tx) => seen.push([...pastCoachTurns(tx.queries)].length),
  })
  onTestFinished(room.close)
  const first = await room.takeIn('lines.csv', manyLines(400))
  const second = await room.takeIn('essay.md', 'I begin with the breath.\n\nThen I wait.\n', '')
  await room.past.remove(first.importId)
  await room.past.remove(second.importId)
  expect(seen).toEqual([400, 402, 2, 0])
})
