import { describeLanguage } from '../languages.ts'
import { portuguese } from './sentences.ts'

describeLanguage(portuguese)
