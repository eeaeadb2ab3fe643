import type { DocumentRow } from '../../../shared/contract/library.ts'
import type { DocumentKind, DocumentState } from '../../../shared/taxonomy/library.ts'

export const kindWords = {
  pdf: 'PDF',
  docx: 'Word',
  pptx: 'Slides',
  epub: 'E-book',
  html: 'Web page',
  markdown: 'Markdown',
  text: 'Text',
  captions: 'Subtitles',
  audio: 'Recording',
  video: 'Video',
} as const satisfies Record<DocumentKind, string>

/** What a document is; nothing where it could never be read, as then its name may be wrong. */
export const kindOf = ({
  kind,
  state,
  contentVersion,
}: Pick<DocumentRow, 'kind' | 'state' | 'contentVersion'>): string =>
  state === 'failed' && contentVersion === 0 ? '' : kindWords[kind]

/** What is counted in a document of this kind; null where it has no pages of its own. */
export const pageWord = (kind: DocumentKind): 'page' | 'slide' | 'chapter' | null => {
  if (kind === 'pdf') return 'page'
  if (kind === 'pptx') return 'slide'
  return kind === 'epub' ? 'chapter' : null
}

export const stateWords = {
  queued: 'Waiting',
  reading: 'Reading',
  chunking: 'Dividing',
  indexing: 'Filing',
  ready: 'Ready',
  failed: 'Cannot be read',
  paused: 'Paused',
} as const satisfies Record<DocumentState, string>

/** What each state means, on hover and in the document itself. */
export const stateMeans = {
  queued: 'It is read as soon as the documents before it are done.',
  reading: 'Its text is being read.',
  chunking: 'Its text is being divided into passages.',
  indexing: 'Its passages are being filed so that search finds them.',
  ready: 'The clone and search can use it.',
  failed: 'Nothing of it can be used.',
  paused: 'You stopped it. Resume it to go on where it stopped.',
} as const satisfies Record<DocumentState, string>

export const heldMeans = 'You paused all reading. Resume all to go on.'

/** How a state looks: one shape and colour each. */
export const stateLook = (state: DocumentState): 'waiting' | 'working' | 'ready' | 'failed' | 'paused' => {
  if (state === 'queued') return 'waiting'
  if (state === 'ready' || state === 'failed' || state === 'paused') return state
  return 'working'
}

export const isUnderWay = (state: DocumentState): boolean => {
  const look = stateLook(state)
  return look === 'waiting' || look === 'working'
}

/** "Reading 3 of 12", "Ready". */
export const progressWords = ({ state, progress }: Pick<DocumentRow, 'state' | 'progress'>): string =>
  stateLook(state) === 'working' && progress && progress.total > 1
    ? `${stateWords[state]} ${progress.done} of ${progress.total}`
    : stateWords[state]

const minute = 60

/** "less than a minute left", "about 4 minutes left", "about 2 hours left"; null while it cannot be told. */
export const leftWords = (seconds: number | null): string | null => {
  if (seconds === null) return null
  if (seconds < minute) return 'less than a minute left'
  const minutes = Math.round(seconds / minute)
  if (minutes < 90) return minutes === 1 ? 'about a minute left' : `about ${minutes} minutes left`
  return `about ${Math.round(minutes / 60)} hours left`
}

const twoDigits = (value: number): string => `${value}`.padStart(2, '0')

/** A place in a recording: "4:05", "1:04:05". */
export const placeInRecording = (seconds: number): string => {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const end = twoDigits(Math.floor(seconds) % 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${end}` : `${minutes}:${end}`
}

export const count = (value: number): string => value.toLocaleString('en-GB')

/** What can be read, for the coach who wonders. */
export const formatWords =
  'PDF (scans too), Word, PowerPoint, e-books (EPUB), web pages (HTML), Markdown, plain text and subtitles; recordings once a transcription service is set up.'
