import { describe, expect, test } from 'vitest'
import { noticeIds, noticeText } from '../../../host/handoff/notices.ts'
import { crisisResources } from '../../../host/handoff/resources.ts'

const holding = (region: string | null) => noticeText('crisis_holding', { coachName: 'Akmal', region })

describe('the crisis notice', () => {
  test.each(crisisResources.map((one) => [one.region, one] as const))(
    'gives the emergency number and one service in %s',
    (region, one) => {
      const text = holding(region)
      expect(text).toContain(one.emergencyNumber)
      expect(text).toContain(one.service.name)
      expect(text).toContain(one.service.contact)
    },
  )

  test('claims no local number where the region is unknown or not listed', () => {
    for (const region of [null, 'XX']) {
      expect(holding(region)).toContain('findahelpline.com')
      expect(holding(region)).toContain('your local emergency number')
      expect(holding(region)).not.toMatch(/\d{2}/)
    }
  })

  test('says that a person was alerted, asks no question and is quickly read', () => {
    for (const region of [null, ...crisisResources.map((one) => one.region)]) {
      expect(holding(region)).toContain('Akmal')
      expect(holding(region)).not.toContain('?')
      expect(holding(region).length).toBeLessThan(400)
    }
  })
})

test('the first notice says it is an AI, and that the coach reads along', () => {
  const text = noticeText('ai_disclosure', { coachName: 'Akmal', region: null })
  expect(text).toMatch(/AI clone of Akmal/)
  expect(text).toMatch(/Akmal reads along/)
})

test('a notice without a coach name still reads as a sentence', () => {
  for (const id of noticeIds) expect(noticeText(id, { coachName: ' ', region: null })).toContain('your coach')
})

test('every resource names its region once and the page of its operator', () => {
  expect(new Set(crisisResources.map((one) => one.region)).size).toBe(crisisResources.length)
  for (const { region, service, emergencyNumber } of crisisResources) {
    expect(region).toMatch(/^[A-Z]{2}$/)
    expect(emergencyNumber).toMatch(/^\d{3}$/)
    expect(new URL(service.source).protocol).toBe('https:')
  }
})
