import type { Lexicon } from '../lexicon.ts'
import { crisis } from './crisis.ts'
import { feelings } from './feelings.ts'
import { requests } from './requests.ts'
import { sentiment } from './sentiment.ts'
import { smallWords } from './smallWords.ts'
import { elisions, oftenMisspelled, spellings } from './spellings.ts'

export const french: Lexicon = {
  language: 'fr',
  smallWords,
  spellings,
  oftenMisspelled,
  elisions,
  crisis,
  sentiment,
  requests,
  feelings,
}
