import { describeLanguage } from '../languages.ts'
import { french } from './sentences.ts'

describeLanguage(french)
