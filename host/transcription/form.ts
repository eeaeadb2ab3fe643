import { randomBytes } from 'node:crypto'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import type { Upload } from '../privacy/index.ts'

/** Sound on its way out, under a name of ours: file names tell about people. */
export interface Sound {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly parts: () => Iterable<Uint8Array>
}

const latin = (head: Uint8Array, from: number, to: number): string =>
  Buffer.from(head.subarray(from, to)).toString('latin1')

/** What a recording is by its first bytes, in the endings that transcription services know. */
const endingOf = (head: Uint8Array, kind: DocumentKind): string => {
  const start = latin(head, 0, 4)
  if (start === 'RIFF') return latin(head, 8, 12) === 'WAVE' ? 'wav' : 'avi'
  if (start === 'fLaC') return 'flac'
  if (start === 'OggS') return 'ogg'
  if (latin(head, 4, 8) === 'ftyp') return kind === 'audio' ? 'm4a' : 'mp4'
  if (start === '\u001a\u0045\u00df\u00a3') return 'webm'
  if (start.startsWith('\u0000\u0000\u0001')) return 'mpeg'
  const isAac = head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0
  return isAac ? 'aac' : 'mp3'
}

const mediaTypes: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  avi: 'video/x-msvideo',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mpeg: 'video/mpeg',
  aac: 'audio/aac',
  mp3: 'audio/mpeg',
}

/** The name and type under which a recording leaves. */
export const soundName = (head: Uint8Array, kind: DocumentKind): Pick<Sound, 'name' | 'mediaType'> => {
  const ending = endingOf(head, kind)
  return { name: `recording.${ending}`, mediaType: mediaTypes[ending] ?? 'application/octet-stream' }
}

/** A form with a few words and one sound, as `multipart/form-data` (RFC 7578); the sound is never held whole. */
export const formOf = (fields: Readonly<Record<string, string>>, sound: Sound, authorization: string): Upload => {
  const boundary = `opencoach-${randomBytes(16).toString('hex')}`
  const opening = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const before = Buffer.from(
    `${opening.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${sound.name}"\r\n` +
      `content-type: ${sound.mediaType}\r\n\r\n`,
  )
  const after = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    headers: {
      authorization,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      accept: 'application/json, text/plain',
    },
    bytes: before.length + sound.bytes + after.length,
    parts: function* () {
      yield before
      yield* sound.parts()
      yield after
    },
  }
}

const samplesASecond = 16_000
const headerBytes = 44

/** One second of sound that is nearly silent (16 bits, mono), to see whether a service answers. */
export const nearSilence = (): Sound => {
  const wav = Buffer.alloc(headerBytes + 2 * samplesASecond)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(samplesASecond, 24)
  wav.writeUInt32LE(2 * samplesASecond, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(2 * samplesASecond, 40)
  for (let at = 0; at < samplesASecond; at += 1) {
    wav.writeInt16LE(Math.round(8 * Math.sin((2 * Math.PI * 220 * at) / samplesASecond)), headerBytes + 2 * at)
  }
  return { name: 'recording.wav', mediaType: 'audio/wav', bytes: wav.length, parts: () => [wav] }
}
