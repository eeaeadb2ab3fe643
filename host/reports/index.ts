export { behind } from './behind.ts'
export { overview } from './overview.ts'
export { previewThresholds } from './preview.ts'
export { behindRates, handoverRates, type RateMessage } from './rates.ts'
