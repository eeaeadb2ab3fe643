const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
/** Codes that have a name but are no country. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** Every country with its two-letter code, by name. */
export const regions = letters
  .flatMap((first) => letters.map((second) => first + second))
  .flatMap((value) => {
    // A withdrawn code, such as DD, means another one today and has a name all the same.
    const isCurrent = Intl.getCanonicalLocales(`und-${value}`)[0] === `und-${value}`
    const label = notCountries.has(value) || !isCurrent ? undefined : names.of(value)
    return label ? [{ value, label }] : []
  })
  .sort((a, b) => a.label.localeCompare(b.label))

const zoneChoice = (value: string) => ({ value, label: value.replaceAll('_', ' ').replaceAll('/', ' / ') })

const listedZones = Intl.supportedValuesOf('timeZone')
const timeZones = listedZones.map(zoneChoice)

/** Every time zone to choose from, with the one in use: many have a second name that no list has. */
export const timeZonesWith = (inUse: string | null) =>
  inUse === null || listedZones.includes(inUse) ? timeZones : [zoneChoice(inUse), ...timeZones]
