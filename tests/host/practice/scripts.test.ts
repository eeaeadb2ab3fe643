import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { features, hear } from '../../../host/channels/practice/reply.ts'
import type { Step } from '../../../host/channels/practice/script.ts'
import { scripts } from '../../../host/channels/practice/scripts/index.ts'
import { type EarlierMessage, readSignals } from '../../../host/signals/index.ts'

const followers = ({ goesOn, listens }: Step): string[] => {
  const { silent, ...told } = listens ?? {}
  return [goesOn?.step, silent?.step, ...Object.values(told)].filter((step) => step !== undefined)
}

const isAlarm = ({ crisis }: ReturnType<typeof readSignals>) =>
  crisis.severity !== 'none' && crisis.severity !== 'mention'

const asWritten = (path: readonly string[], steps: Readonly<Record<string, Step>>): string[] =>
  path.flatMap((id) => steps[id]?.says ?? [])

describe.each(scripts)('the script of $name', ({ id: script, first, steps, timeZone }) => {
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

  test.each(features)('has an ear for what is heard as %s', (feature) => {
    const decisive = Object.values(steps).filter(
      ({ listens }) => listens?.[feature] && listens[feature] !== listens.otherwise,
    )
    expect(decisive.length).toBeGreaterThan(0)
  })

  test('goes on by itself at least once when nobody answers', () => {
    expect(Object.values(steps).some(({ listens }) => listens?.silent)).toBe(true)
  })

  test('corrects only what was said before', () => {
    for (const path of paths)
      for (const [at, id] of path.entries()) {
        const edited = steps[id]?.edits
        if (edited !== undefined) expect(path.slice(0, at)).toContain(edited)
      }
  })

  test('raises the alarm only for the client who is in danger', () => {
    const alarms = Object.values(steps).filter(({ says }) => isAlarm(readSignals(says)))
    expect(alarms.map(({ says }) => says)).toEqual(script === 'dan' ? [steps[first]?.says] : [])
  })

  test('raises no other alarm by what was written just before', () => {
    const joined = new Set(
      paths.flatMap((path) => {
        const lines = asWritten(path, steps)
        return lines.map((_, at) => JSON.stringify(lines.slice(Math.max(0, at - 3), at + 1)))
      }),
    )
    for (const lines of joined) {
      const [text = '', ...before] = z.array(z.string()).parse(JSON.parse(lines)).toReversed()
      const history: EarlierMessage[] = before.toReversed().map((line) => ({ from: 'client', text: line }))
      const isOfDan = script === 'dan' && text === steps[first]?.says
      expect(isAlarm(readSignals(text, history)), lines).toBe(isOfDan)
    }
  })

  test('asks for a person only where the client wants one', () => {
    const requests = Object.entries(steps).filter(([, { says }]) => readSignals(says).requestsHuman)
    expect(requests.map(([id]) => id)).toEqual(script === 'noor' ? ['real_person', 'ask_coach'] : [])
  })
})

test('there is somebody for each of the eight hard moments, and not all of them in one language or place', () => {
  expect(scripts.map(({ id }) => id).toSorted()).toEqual([
    'ade',
    'callum',
    'dan',
    'june',
    'lucia',
    'noor',
    'priya',
    'sarah',
    'tomas',
  ])
  expect(new Set(scripts.map(({ timeZone }) => timeZone)).size).toBe(scripts.length)
  expect(new Set(scripts.map(({ name }) => name)).size).toBe(scripts.length)
})

test('Callum talks of killing and dying from his first words, and means nothing by it', () => {
  const steps = scripts.find(({ id }) => id === 'callum')?.steps ?? {}
  const says = Object.values(steps).map((step) => step.says)
  expect(says.filter((text) => /kill|die|dying|dead|murder|shoot/.test(text)).length).toBeGreaterThanOrEqual(5)
  for (const text of says) expect(isAlarm(readSignals(text)), text).toBe(false)
})

test('Noor asks for a person with her first words, and notices an automatic answer', () => {
  const steps = scripts.find(({ id }) => id === 'noor')?.steps ?? {}
  expect(readSignals(steps.real_person?.says ?? '').requestsHuman).toBe(true)
  expect(readSignals(steps.automatic?.says ?? '').asksIfAi).toBe(true)
})

test('Dan is in danger from his first words', () => {
  const steps = scripts.find(({ id }) => id === 'dan')?.steps ?? {}
  expect(readSignals(steps.no_point?.says ?? '').crisis).toMatchObject({ kinds: ['suicide'] })
  expect(['high', 'imminent']).toContain(readSignals(steps.no_point?.says ?? '').crisis.severity)
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
  ['It’s me. I am reading this myself.', ['person']],
  ['Te escucho. ¿Qué pasó?', ['calm', 'question']],
  ['Deberías descansar.', ['advice']],
  ['Soy yo, tu coach.', ['person']],
  ['Good.', []],
])('“%s” is heard as %j', (reply, expected) => {
  expect(hear(reply)).toEqual(expected)
})
