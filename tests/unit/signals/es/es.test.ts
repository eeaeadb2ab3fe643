import { describeLanguage } from '../languages.ts'
import { spanish } from './sentences.ts'

describeLanguage(spanish)
