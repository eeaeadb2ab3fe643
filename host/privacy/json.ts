/** Words of the protocol between us and the model server; nobody's name. */
const protocolKeys: ReadonlySet<string> = new Set(['model', 'role', 'type', 'response_format'])

/** Applies a change to every text in a value read from JSON, except names of fields and the protocol's own words. */
export const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, protocolKeys.has(key) ? item : mapTexts(item, change)]),
  )
}

/** Applies a change to every text of a JSON document except the protocol's own words; anything else is one text. */
export const hideInJson = (body: string, hide: (text: string) => string): string => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return hide(body)
  }
  return JSON.stringify(mapTexts(parsed, hide))
}
