import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createSettings } from '../../../host/settings/index.ts'
import { changeSettings } from '../../../host/settingsChange.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { openRemembered } from './remembered.ts'
import { noon } from './talk.ts'

const minuteMs = 60_000

const changing = () => {
  const memory = openRemembered()
  const settings = createSettings(memory.queries, {})
  const house = { settings, library: { retryRecordings: () => undefined } }
  const jobsAfter = (changes: Partial<SettingsValues>): string[] => {
    memory.write((tx) => {
      tx.queries.run(sql`DELETE FROM jobs`)
      changeSettings(tx, house, changes, noon)
    })
    return memory.queries.all<{ kind: string }>(sql`SELECT kind FROM jobs ORDER BY kind`).map(({ kind }) => kind)
  }
  return { ...memory, settings, jobsAfter }
}

test('another length of silence has all conversations read anew, by itself', () => {
  const { jobsAfter, settings, addClient, say, remember, recall } = changing()
  addClient('ada')
  say('ada', noon - 90 * minuteMs, 'The garden needs rain.')
  say('ada', noon, 'It rained.')
  remember()
  expect(recall('ada').sessions(5)).toHaveLength(1)
  expect(jobsAfter({ sessionGapMinutes: 60 })).toEqual(['remember_backlog'])
  expect(jobsAfter({ sessionGapMinutes: 60 })).toEqual([])
  expect(settings.values().sessionGapMinutes).toBe(60)
})

test('a model reads for memory and learning as soon as there is one and it may, and not before', () => {
  const { jobsAfter } = changing()
  expect(jobsAfter({ refineMemory: false })).toEqual([])
  expect(jobsAfter({ refineMemory: true })).toEqual([])
  expect(jobsAfter({ modelBaseUrl: 'http://127.0.0.1:9/v1' })).toEqual(['refine_learning', 'refine_memory'])
  expect(jobsAfter({ refineMemory: false })).toEqual([])
  expect(jobsAfter({ refineMemory: true })).toEqual(['refine_learning', 'refine_memory'])
})
