import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../live/desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk({ settings: { defaultReplyMode: 'drafts' } })
  desk.model.respond(() => ({ reply: 'What would help you today?', confidence: 0.8 }))
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const draftTo = async (text: string) => {
  await desk.house.far.write('Ann', text)
  return desk.until('a draft is there', async () => (await desk.open()).draft)
}
/** The coach discards a draft to each of so many clients. */
const discardMany = async (count: number) => {
  const names = Array.from({ length: count }, (_, index) => `Client ${index}`)
  for (const name of names) await desk.house.far.write(name, 'I walked home.')
  for (const name of names) {
    const { id } = await desk.until(`a draft for ${name} is there`, async () => (await desk.open(name)).draft)
    await inbox().discardDraft({ draftId: id })
  }
}

describe('what the coach did with earlier drafts', () => {
  test('lowers what is shown for the next one, which says why', async () => {
    await discardMany(20)
    const next = await draftTo('I walked home again.')
    expect(next.confidence).toBeLessThan(0.5)
    const { confidence, confidenceParts } = await desk.house.client.replies.why({ executionId: next.executionId })
    expect(confidenceParts.map(({ name }) => name)).toEqual([
      "The model's own figure",
      'Your record with replies this sure',
    ])
    expect(confidenceParts[1]?.points).toBeCloseTo((confidence ?? 0) - 0.8, 10)
    const record = await desk.house.client.confidence.record()
    expect(record).toMatchObject({ decided: 20, isInUse: true })
    const { rows } = await desk.house.client.confidence.behind({ from: 0.8, limit: 100 })
    expect(rows).toHaveLength(20)
  })

  test('lets the policy call the coach where much is at stake and the record makes the clone unsure', async () => {
    await discardMany(20)
    await desk.house.far.write('Ann', 'I want to quit my job right now.')
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    expect((await desk.open()).handoff?.trigger).toBe('high_stakes_decision')
  })

  test('changes nothing about a crisis, which needs no model and no figure', async () => {
    await discardMany(20)
    const asked = desk.model.requests.length
    await desk.house.far.write('Ann', 'I want to end my life.')
    await desk.until('it is locked', async () => (await desk.open()).owner === 'locked')
    expect(desk.model.requests).toHaveLength(asked)
  })

  test('is nothing to go by at first', async () => {
    const first = await draftTo('I walked home.')
    expect(first.confidence).toBe(0.8)
    expect(await desk.house.client.confidence.record()).toMatchObject({ decided: 0, isInUse: false, error: null })
  })
})

test('a bin that is none is refused with a word', async () => {
  await expect(desk.house.client.confidence.behind({ from: 1.2, limit: 10 })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
})
