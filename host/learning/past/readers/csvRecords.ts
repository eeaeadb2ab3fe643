/** The longest record that is kept, in characters, and the most columns. */
const longestRecord = 200_000
const mostColumns = 200

/** A record of a table; `isBroken` where a quotation mark was never closed or it was far too long. */
export interface CsvRecord {
  readonly fields: readonly string[]
  readonly isBroken: boolean
}

/**
 * The records of a table in the form of RFC 4180 with any separator, from a text that comes in parts: quoted fields may
 * hold separators, line ends and doubled quotation marks. A quotation mark that never closes costs that line only.
 */
export function* csvRecords(texts: Iterable<string>, separator: string): Generator<CsvRecord, void, undefined> {
  let fields: string[] = []
  let field = ''
  let length = 0
  let isQuoted = false
  let wasQuoted = false
  let wasQuote = false
  let wasReturn = false
  let skipsLine = false

  const endField = (): void => {
    if (fields.length < mostColumns) fields.push(wasQuoted ? field : field.trim())
    field = ''
    wasQuoted = false
  }
  const endRecord = (): CsvRecord | null => {
    endField()
    const record = fields
    fields = []
    length = 0
    return record.length === 1 && record[0] === '' ? null : { fields: record, isBroken: false }
  }

  for (const part of texts) {
    for (const character of part) {
      if (wasReturn && character === '\n') {
        wasReturn = false
        continue
      }
      wasReturn = false
      const isEnd = character === '\n' || character === '\r'
      if (skipsLine) {
        if (isEnd) skipsLine = false
        continue
      }
      length += 1
      if (length > longestRecord) {
        yield { fields: [], isBroken: true }
        fields = []
        field = ''
        length = 0
        isQuoted = wasQuote = wasQuoted = false
        skipsLine = !isEnd
        continue
      }
      if (isQuoted && !wasQuote) {
        if (character === '"') wasQuote = true
        else field += character
        continue
      }
      if (wasQuote) {
        wasQuote = false
        if (character === '"') {
          field += '"'
          continue
        }
        isQuoted = false
      }
      if (character === '"' && field.trim() === '' && !wasQuoted) {
        field = ''
        isQuoted = wasQuoted = true
      } else if (character === separator) endField()
      else if (isEnd) {
        wasReturn = character === '\r'
        const record = endRecord()
        if (record) yield record
      } else field += character
    }
  }
  if (isQuoted && !wasQuote) yield { fields: [], isBroken: true }
  else {
    const record = endRecord()
    if (record) yield record
  }
}
