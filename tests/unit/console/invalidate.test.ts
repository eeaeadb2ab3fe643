import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { type InvalidateQueryFilters, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Host } from '../../../renderer/transport/connection.ts'
import { createInvalidator } from '../../../renderer/transport/invalidate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

// Only the names of its procedures are needed: nothing here ever asks it.
const nobody: Host = createORPCClient({ call: () => Promise.reject(new Error('Nobody answers.')) })
const queries = createTanstackQueryUtils(nobody)

/** A client whose refetches take as long as the test wants. */
const watch = () => {
  const client = new QueryClient()
  const asked: string[] = []
  const answers: (() => void)[] = []
  client.invalidateQueries = (filters?: InvalidateQueryFilters) => {
    asked.push(JSON.stringify(filters?.queryKey))
    return new Promise((answer) => answers.push(answer))
  }
  const invalidate = createInvalidator(client, queries)
  const answerAll = async () => {
    for (const answer of answers.splice(0)) answer()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { invalidate, asked, answerAll }
}

const ofList = JSON.stringify(queries.library.list.key())

test('while a thousand documents are read, the list is asked for at most twice a second and never anew before it answers', async () => {
  const { invalidate, asked, answerAll } = watch()
  for (let at = 0; at < 100; at += 1) {
    invalidate([{ topic: 'library', id: `document ${at}` }])
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(asked.filter((key) => key === ofList)).toHaveLength(1)
  await answerAll()
  expect(asked.filter((key) => key === ofList)).toHaveLength(2)
  await answerAll()
  expect(asked.filter((key) => key === ofList)).toHaveLength(2)
})

test('what came last is always asked for, however fast it came', async () => {
  const { invalidate, asked, answerAll } = watch()
  invalidate([{ topic: 'library', id: 'first' }])
  invalidate([{ topic: 'library', id: 'last' }])
  await answerAll()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toContain(JSON.stringify(queries.library.document.key({ input: { documentId: 'last' } })))
})

test('the inbox does not wait for the library', async () => {
  const { invalidate, asked } = watch()
  invalidate([{ topic: 'library', id: 'first' }])
  invalidate([{ topic: 'library', id: 'second' }, { topic: 'inbox' }])
  expect(asked).toContain(JSON.stringify(queries.inbox.list.key()))
  expect(asked.filter((key) => key === ofList)).toHaveLength(1)
})
