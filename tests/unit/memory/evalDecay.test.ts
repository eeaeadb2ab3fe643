import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { decay } from '../../../eval/decay.ts'
import { yearAsLocomo } from '../../fixtures/yearAsLocomo.ts'

test('that memories fade hides next to nothing of what answers a question, half a year later either', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'decay-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [input, output] = [join(folder, 'in.json'), join(folder, 'out.jsonl')]
  const [sample] = yearAsLocomo({ seed: 5, from: Date.UTC(2025, 0, 1), days: 180, aDay: 1 })
  writeFileSync(input, JSON.stringify([sample]))
  const printed = await decay({ input, output })
  const [, on, off, points] = /by all that is remembered +([\d.]+) +([\d.]+) +([\d.]+) points/.exec(printed) ?? []
  expect(Number(on)).toBeGreaterThan(0.8)
  expect(Number(off)).toBeGreaterThan(0.8)
  expect(Number(points)).toBeLessThanOrEqual(1)
  expect(readFileSync(output, 'utf8').trim().split('\n')).toHaveLength(sample?.qa.length ?? 0)
})
