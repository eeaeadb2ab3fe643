import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crisisResources } from '../../../host/handoff/resources.data.ts'
import { directoryOfHelplines, regionOfTimeZone, resourcesOf } from '../../../host/handoff/resources.ts'
import { timeZonesOf } from '../../../host/handoff/timeZones.data.ts'

describe('the crisis resources', () => {
  test('cover at least twenty countries with a source and the day they were compared', () => {
    const compared = crisisResources.filter(({ checkedOn }) => checkedOn !== null)
    expect(compared.length).toBeGreaterThanOrEqual(20)
    expect(crisisResources.filter(({ service }) => service !== null).length).toBeGreaterThanOrEqual(24)
  })

  test('name every country once, in the order of their codes', () => {
    const codes = crisisResources.map(({ region }) => region)
    expect(codes).toEqual([...new Set(codes)].toSorted())
    expect(new Set(crisisResources.map(({ country }) => country)).size).toBe(crisisResources.length)
  })

  test.each(crisisResources.map((one) => [one.country, one] as const))('are complete for %s', (_, one) => {
    expect(one.region).toMatch(/^[A-Z]{2}$/)
    expect(new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(one.region)).toBeDefined()
    for (const number of Object.values(one.emergency)) expect(number).toMatch(/^\d{3}$/)
    expect(new URL(one.source).protocol).toBe('https:')
    expect(one.checkedHow).toMatch(/\.$/)
    expect(new Date(one.checkedOn).toISOString().slice(0, 10)).toBe(one.checkedOn)
    if (one.service === null) return
    expect(one.service.name).toMatch(/\p{L}/u)
    expect(one.service.phone).toMatch(/^\*?\d[\d -]+/)
    expect(one.service.languages.length).toBeGreaterThan(0)
    for (const language of one.service.languages) expect(language).toMatch(/^[a-z]{2}$/)
    if (one.service.hours !== 'always')
      for (const time of Object.values(one.service.hours)) expect(time).toMatch(/^(?:[01]\d|2[0-4]):[0-5]\d$/)
  })

  test('stand in the record that people review, number by number', () => {
    const rows = readFileSync(new URL('../../../docs/crisis-resources.md', import.meta.url), 'utf8').split('\n')
    for (const { country, region, emergency, service, source, checkedOn } of crisisResources) {
      const row = rows.find((line) => line.startsWith(`| ${country} (${region}) |`)) ?? ''
      const facts = [...Object.values(emergency), ...(service ? [service.name, service.phone] : []), source, checkedOn]
      for (const fact of facts) expect(row, country).toContain(fact)
    }
  })

  test('are found by any spelling of the code, and by no other word', () => {
    expect(resourcesOf('us')?.country).toBe('United States')
    expect(resourcesOf(' De ')?.service?.name).toBe('TelefonSeelsorge')
    for (const region of [null, '', 'XX', 'USA', '__proto__']) expect(resourcesOf(region)).toBeNull()
  })

  test('point to the directory where there are none', () => {
    expect(directoryOfHelplines).toBe('findahelpline.com')
  })
})

describe('the time zones', () => {
  test('are told of exactly the countries that have resources, each zone of one country', () => {
    expect(Object.keys(timeZonesOf)).toEqual(crisisResources.map(({ region }) => region))
    const zones = Object.values(timeZonesOf).flat()
    expect(new Set(zones).size).toBe(zones.length)
    for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone }), timeZone).not.toThrow()
  })

  test.each([
    ['Europe/Madrid', 'ES'],
    ['Atlantic/Canary', 'ES'],
    ['Europe/Zurich', 'CH'],
    ['Europe/Oslo', 'NO'],
    ['Asia/Calcutta', 'IN'],
    ['America/Buenos_Aires', 'AR'],
    ['Pacific/Honolulu', 'US'],
  ])('%s lies in %s', (timeZone, region) => expect(regionOfTimeZone(timeZone)).toBe(region))

  test.each([null, '', 'UTC', 'Africa/Lagos', 'Europe/Luxembourg', 'Europe/Belfast/x', 'constructor'])(
    '%s tells no country',
    (timeZone) => expect(regionOfTimeZone(timeZone)).toBeNull(),
  )
})
