import type { Lexicon } from '../lexicon.ts'
import { crisis } from './crisis.ts'
import { requests } from './requests.ts'
import { sentiment } from './sentiment.ts'
import { oftenMisspelled, spellings } from './spellings.ts'

export const english: Lexicon = { language: 'en', spellings, oftenMisspelled, crisis, sentiment, requests }
