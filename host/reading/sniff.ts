import { extname } from 'node:path'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import { looksCompound, looksZipped, markedEncoding } from './marks.ts'
import { ReadingProblem } from './problem.ts'

const kindsByEnding: Readonly<Record<string, DocumentKind>> = {
  '.pdf': 'pdf',
  '.docx': 'docx',
  '.docm': 'docx',
  '.dotx': 'docx',
  '.pptx': 'pptx',
  '.pptm': 'pptx',
  '.ppsx': 'pptx',
  '.epub': 'epub',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
  '.text': 'text',
  '.vtt': 'captions',
  '.srt': 'captions',
  '.mp3': 'audio',
  '.m4a': 'audio',
  '.aac': 'audio',
  '.wav': 'audio',
  '.ogg': 'audio',
  '.oga': 'audio',
  '.opus': 'audio',
  '.flac': 'audio',
  '.mp4': 'video',
  '.m4v': 'video',
  '.mov': 'video',
  '.webm': 'video',
  '.mkv': 'video',
  '.avi': 'video',
  '.mpeg': 'video',
  '.mpg': 'video',
}

/** Endings of file names, in small letters, of which a watched folder takes notice. */
export const readableEndings: readonly string[] = Object.keys(kindsByEnding)

const textKinds: readonly DocumentKind[] = ['html', 'markdown', 'text', 'captions']
const isText = (kind: DocumentKind | undefined): boolean => kind !== undefined && textKinds.includes(kind)

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** Sound and moving pictures by their first bytes; where both lie in the same container, the name decides. */
const recordingKind = (head: Uint8Array, named: DocumentKind | undefined): DocumentKind | null => {
  const start = latin(head, 0, 4)
  const sort = latin(head, 8, 12)
  const byName = named === 'audio' ? 'audio' : 'video'
  if (start.startsWith('ID3') || start === 'fLaC' || (start === 'RIFF' && sort === 'WAVE')) return 'audio'
  if (start === 'RIFF' && sort === 'AVI ') return 'video'
  if (start === 'OggS') return named === 'video' ? 'video' : 'audio'
  if (latin(head, 4, 8) === 'ftyp') return sort.startsWith('M4A') || sort.startsWith('M4B') ? 'audio' : byName
  if (start === '\u001a\u0045\u00df\u00a3') return byName
  if (head[0] === 0 && head[1] === 0 && head[2] === 1 && (head[3] === 0xba || head[3] === 0xb3)) return 'video'
  // The frames of MP3 and AAC begin with too little to be told without the name.
  return named === 'audio' && head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 ? 'audio' : null
}

/** What a zip archive holds, as far as its first entries tell; the name decides where they do not. */
const zippedKind = (head: Uint8Array, named: DocumentKind | undefined): DocumentKind | null => {
  const names = latin(head, 0, head.length)
  if (names.includes('application/epub+zip')) return 'epub'
  if (named === 'docx' || named === 'pptx' || named === 'epub') return named
  if (names.includes('word/')) return 'docx'
  return names.includes('ppt/') ? 'pptx' : null
}

const hasPdfMark = (head: Uint8Array, named: DocumentKind | undefined): boolean => {
  const at = latin(head, 0, 1024).indexOf('%PDF-')
  return at === 0 || (at > 0 && named === 'pdf')
}

const isPlainText = (head: Uint8Array): boolean => markedEncoding(head) !== null || !head.includes(0)

const textKind = (head: Uint8Array, named: DocumentKind | undefined): DocumentKind => {
  const start = latin(head, 0, 512).replace(/^(?:ï»¿)?\s*/u, '')
  if (start.startsWith('WEBVTT')) return 'captions'
  if (named === 'text' && /^(?:<!doctype html|<html[\s>])/iu.test(start)) return 'html'
  return named ?? 'text'
}

/**
 * What a file is: by its first bytes (up to 4 KiB are enough), then by its name. `size` is the whole file's, in bytes.
 * Throws a ReadingProblem: `empty`, `not_that_kind` where name and content disagree, `unknown_kind`, `encrypted`.
 */
export const kindOf = (fileName: string, head: Uint8Array, size: number): DocumentKind => {
  if (size === 0 || head.length === 0) throw new ReadingProblem('empty')
  const named = kindsByEnding[extname(fileName.trim()).toLowerCase()]
  const no = (): ReadingProblem => new ReadingProblem(named === undefined ? 'unknown_kind' : 'not_that_kind')
  if (hasPdfMark(head, named)) return 'pdf'
  if (looksZipped(head)) {
    const zipped = zippedKind(head, named)
    if (zipped === null) throw no()
    return zipped
  }
  // Whether a password locks it shows only in the whole file; the reader says so.
  if (looksCompound(head)) {
    if (named === 'docx' || named === 'pptx') return named
    throw no()
  }
  const recording = recordingKind(head, named)
  if (recording !== null) return recording
  const isUnnamedText = named === undefined && extname(fileName.trim()) === ''
  if (!isPlainText(head) || latin(head, 0, 5) === '{\\rtf' || !(isText(named) || isUnnamedText)) throw no()
  return textKind(head, named)
}
