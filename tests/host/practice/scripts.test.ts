import { describe, expect, test } from 'vitest'
import { hear } from '../../../host/channels/practice/reply.ts'
import type { Step } from '../../../host/channels/practice/script.ts'
import { scripts } from '../../../host/channels/practice/scripts/index.ts'
import { readSignals } from '../../../host/signals/index.ts'

const followers = ({ goesOn, listens }: Step): string[] => {
  const { silent, ...told } = listens ?? {}
  return [goesOn?.step, silent?.step, ...Object.values(told)].filter((step) => step !== undefined)
}

describe.each(scripts)('the script of $name', ({ first, steps, timeZone, name }) => {
  const pathsFrom = (id: string, path: readonly string[]): string[][] => {
    const step = steps[id]
    expect(step, id).toBeDefined()
    expect(path).not.toContain(id)
    const next = step ? followers(step) : []
    return next.length === 0 ? [[...path, id]] : next.flatMap((one) => pathsFrom(one, [...path, id]))
  }
  const paths = pathsFrom(first, [])

  test('uses every step, and never comes to the same one twice', () => {
    expect(new Set(paths.flat())).toEqual(new Set(Object.keys(steps)))
  })

  test('goes on for at least three messages whatever the client is told', () => {
    expect(Math.min(...paths.map((path) => path.length))).toBeGreaterThanOrEqual(3)
  })

  test('lives in a real time zone', () => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow()
  })

  test('calls a person only where the client needs one', () => {
    const alarms = Object.values(steps).filter(({ says }) =>
      ['concern', 'high', 'imminent'].includes(readSignals(says).crisis.severity),
    )
    expect(alarms.map(({ says }) => says)).toEqual(name === 'Dan K.' ? [steps[first]?.says] : [])
    expect(Object.values(steps).filter(({ says }) => readSignals(says).requestsHuman)).toEqual([])
  })
})

test('Sarah always comes to want to quit, which is a decision with much at stake', () => {
  const steps = scripts.find(({ id }) => id === 'sarah')?.steps ?? {}
  expect(readSignals(steps.quit?.says ?? '').highStakes).toBe(true)
  const withoutQuitting = (id: string): boolean => {
    const step = steps[id]
    if (!step || id === 'quit') return false
    const next = followers(step)
    return next.length === 0 || next.some(withoutQuitting)
  }
  expect(withoutQuitting('crisis_at_work')).toBe(false)
})

test.each([
  ['Take a breath. You’re safe here, and I’m here with you.', ['calm']],
  ['You should write a list.', ['advice']],
  ['What happened then?', ['question']],
  ['Your coach will write to you, or call 988.', ['person']],
  ['Have you tried a walk?', ['advice', 'question']],
  ['Good.', []],
])('“%s” is heard as %j', (reply, expected) => {
  expect(hear(reply)).toEqual(expected)
})
