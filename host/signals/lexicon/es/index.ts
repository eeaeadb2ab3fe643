import type { Lexicon } from '../lexicon.ts'
import { crisis } from './crisis.ts'
import { feelings } from './feelings.ts'
import { requests } from './requests.ts'
import { sentiment } from './sentiment.ts'
import { smallWords } from './smallWords.ts'
import { oftenMisspelled, spellings } from './spellings.ts'

export const spanish: Lexicon = {
  language: 'es',
  smallWords,
  spellings,
  oftenMisspelled,
  crisis,
  sentiment,
  requests,
  feelings,
}
