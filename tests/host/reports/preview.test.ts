import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { previewThresholds } from '../../../host/reports/index.ts'
import { readSignals } from '../../../host/signals/index.ts'
import { type Ledger, openLedger } from './ledger.ts'

let ledger: Ledger
beforeEach(() => {
  ledger = openLedger()
  ledger.client('Ann')
})
afterEach(() => ledger.close())

const inForce = { handOffAt: 7, lowConfidenceBelow: 0.6, despairBelow: -0.7 }
const preview = (asked: Partial<typeof inForce>) => previewThresholds(ledger.queries, { ...inForce, ...asked }, inForce)
const calm = readSignals('The walk went well.')
const stored = (more: Partial<typeof calm> = {}) => JSON.stringify({ ...calm, ...more })
let at = Date.UTC(2026, 10, 1)
const answer = (confidence: number | null, signals: string, lastClientSeq = 0): string => {
  at += 60_000
  return ledger.run('Ann', at, 'sent', { confidence, signals, lastClientSeq })
}

describe('the preview of other thresholds', () => {
  test('says how many of the newest answers would go the other way, with the message each was about', () => {
    const message = ledger.message('Ann', 'client', at)
    answer(0.9, stored({ highStakes: true }), message.seq)
    answer(0.9, stored())
    answer(0.5, stored({ highStakes: true }))
    const found = preview({ lowConfidenceBelow: 0.95 })
    expect(found).toMatchObject({ considered: 3, handedOffNow: 1, handedOffThen: 2 })
    expect(found.examples).toEqual([
      {
        conversationId: 'with-Ann',
        clientName: 'Ann',
        messagePreview: 'Words of client',
        score: 6,
        confidence: 0.9,
        wouldHandOff: true,
        at: expect.any(Number),
      },
    ])
  })

  test('shows those that would no longer be handed over, newest first', () => {
    answer(0.5, stored({ highStakes: true }))
    answer(0.55, stored({ highStakes: true }))
    const found = preview({ lowConfidenceBelow: 0.4 })
    expect(found.examples.map((one) => [one.confidence, one.wouldHandOff])).toEqual([
      [0.55, false],
      [0.5, false],
    ])
  })

  test('never lets a crisis, a plain request or an unsafe answer pass, whatever is set', () => {
    answer(1, stored({ crisis: { severity: 'concern', kinds: ['suicide'], evidence: [] } }))
    answer(1, stored({ requestsHuman: true }))
    ledger.handoff('Ann', at, { trigger: 'unsafe_generation', executionId: answer(1, stored()) })
    const found = preview({ handOffAt: 10, lowConfidenceBelow: 0, despairBelow: -1 })
    expect(found).toMatchObject({ considered: 3, handedOffNow: 3, handedOffThen: 3, changed: 0, examples: [] })
    expect(found.byPoints.map(({ handedOff }) => handedOff)).toEqual(Array(10).fill(3))
  })

  test('says at each number of points how many would come to the coach, and what the coach thought of those', () => {
    const despair = stored({ sentiment: -0.9 })
    const sentRun = (confidence: number, signals: string) => {
      const run = answer(confidence, signals)
      const message = ledger.message('Ann', 'ai', at, { execution_id: run })
      ledger.sent('Ann', run, message.id, at)
      return { run, message }
    }
    ledger.mark(sentRun(0.5, despair).message.id, at)
    ledger.decision('Ann', sentRun(0.5, despair).run, 'sent', 0, at)
    ledger.decision('Ann', sentRun(0.9, despair).run, 'edited', 0.5, at)
    sentRun(0.9, stored())
    answer(1, stored({ requestsHuman: true }))
    const { byPoints, considered, marked } = preview({})
    expect([considered, marked]).toEqual([5, 1])
    expect(byPoints.map(({ points, handedOff }) => [points, handedOff])).toEqual([
      [1, 4],
      [2, 4],
      [3, 3],
      [4, 3],
      [5, 3],
      ...[6, 7, 8, 9, 10].map((points) => [points, 1]),
    ])
    expect(byPoints[4]).toEqual({ points: 5, handedOff: 3, marked: 1, sentUnchanged: 1 })
    expect(byPoints[5]).toEqual({ points: 6, handedOff: 1, marked: 0, sentUnchanged: 0 })
    expect(preview({ handOffAt: 5 }).handedOffThen).toBe(3)
  })

  test('leaves out runs without an answer, and rows of an older shape', () => {
    answer(null, stored())
    answer(0.5, '{}')
    answer(0.5, stored())
    expect(preview({})).toMatchObject({ considered: 1 })
  })

  test('looks at no more than 500 answers and shows no more than 20', () => {
    for (let count = 0; count < 510; count += 1) answer(0.9, stored({ highStakes: true }))
    const found = preview({ lowConfidenceBelow: 0.95 })
    expect(found).toMatchObject({ considered: 500, handedOffNow: 0, handedOffThen: 500, changed: 500 })
    expect(found.examples).toHaveLength(20)
    expect(found.examples[0]?.at).toBe(at)
  })
})
