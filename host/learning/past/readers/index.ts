import type { ImportFormat } from '../../../../shared/taxonomy/learning.ts'
import { readCsv } from './csv.ts'
import type { PastReader } from './event.ts'
import { readTelegram } from './telegram.ts'
import { readTranscript } from './transcript.ts'
import { readWhatsapp } from './whatsapp.ts'
import { readWriting } from './writing.ts'

export type { PastEvent, PastReader, PastTurn, ReadingChoice, Texts } from './event.ts'
export { formatsOf } from './sniff.ts'

/** One reader a format. */
export const pastReaders = {
  telegram: readTelegram,
  whatsapp: readWhatsapp,
  csv: readCsv,
  transcript: readTranscript,
  writing: readWriting,
} as const satisfies Record<ImportFormat, PastReader>
