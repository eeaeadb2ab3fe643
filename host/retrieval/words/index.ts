export { createFullTextSearch } from './fullText.ts'
export { answersAnything } from './wordIndex.ts'
