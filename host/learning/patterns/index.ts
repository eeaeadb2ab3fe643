export { localPatterns } from './localPatterns.ts'
