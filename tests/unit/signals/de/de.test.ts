import { describeLanguage } from '../languages.ts'
import { german } from './sentences.ts'

describeLanguage(german)
