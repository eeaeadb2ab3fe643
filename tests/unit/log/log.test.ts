import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLog, silenceLibraries } from '../../../host/log/index.ts'

const logged = () => {
  const lines: string[] = []
  return { lines, log: createLog((line) => lines.push(line)) }
}

describe('the log', () => {
  afterEach(() => vi.restoreAllMocks())

  test('is one JSON line an event, with level, time and the fields that are allowed', () => {
    const { lines, log } = logged()
    log('warn', 'job_failed', { kind: 'reply', code: 'MODEL_BUSY', attempt: 2 })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      level: 'warn',
      event: 'job_failed',
      kind: 'reply',
      code: 'MODEL_BUSY',
      attempt: 2,
    })
  })

  test('drops fields nobody allowed, and values too long to be one of ours', () => {
    const { lines, log } = logged()
    const careless = { code: 'X', text: 'what a client wrote', message: { content: 'nested' }, sql: 'x'.repeat(401) }
    log('info', 'careless', careless)
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['at', 'level', 'event', 'code'])
  })

  test('names that a library printed something, and not what', () => {
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(() => undefined)
    }
    const { lines, log } = logged()
    silenceLibraries(log)
    console.error('Unexpected token in "I have told nobody this"', new Error('canary'))
    expect(lines.join('')).toContain('library_message')
    expect(lines.join('')).not.toMatch(/canary|nobody/)
  })
})
