export { keepPastViews, unreadPastTurns } from './pastView.ts'
export { phraseId, phraseKey } from './phrases.ts'
export { profileOf, refreshProfile } from './profileStore.ts'
