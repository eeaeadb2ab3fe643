const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
/** Codes that have a name but are no country. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** Every country with its two-letter code, by name. */
export const regions = letters
  .flatMap((first) => letters.map((second) => first + second))
  .flatMap((value) => {
    const label = notCountries.has(value) ? undefined : names.of(value)
    return label ? [{ value, label }] : []
  })
  .sort((a, b) => a.label.localeCompare(b.label))

export const timeZones = Intl.supportedValuesOf('timeZone').map((value) => ({
  value,
  label: value.replaceAll('_', ' ').replaceAll('/', ' / '),
}))
