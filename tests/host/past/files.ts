import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import type { ConsoleClient } from '../../fixtures/testHost.ts'

/** Sends a file part by part, as the console does. Answers with its id. */
export const sendPast = async (
  { past }: ConsoleClient,
  fileName: string,
  content: string | Iterable<Uint8Array>,
  bytes = Buffer.byteLength(typeof content === 'string' ? content : ''),
): Promise<string> => {
  const { uploadId } = await past.beginUpload({ fileName, bytes })
  let offset = 0
  for (const part of typeof content === 'string' ? [Buffer.from(content)] : content) {
    await past.appendUpload({ uploadId, offset, base64: Buffer.from(part).toString('base64') })
    offset += part.length
  }
  return (await past.finishUpload({ uploadId })).fileId
}

interface TakenAs {
  readonly coach?: string
  readonly clientId?: string | null
  readonly format?: ImportFormat
}

/** Takes in the only conversation of a file. */
export const takeInPast = async (
  console: ConsoleClient,
  fileName: string,
  content: string,
  { coach = 'Ruth', clientId = null, ...as }: TakenAs = {},
) => {
  const fileId = await sendPast(console, fileName, content)
  return console.past.takeIn({ fileId, coach, threads: [{ thread: 0, clientId }], ...as })
}

export const maysChat = [
  '[13/02/2024, 10:00:00] Maya: I want to quit.',
  '[13/02/2024, 10:01:00] Ruth: Before we burn bridges, breathe.',
  '[13/02/2024, 10:02:00] Maya: I am breathing.',
  '[13/02/2024, 10:03:00] Ruth: What would tomorrow’s you say?',
  '[13/02/2024, 10:04:00] Maya: Wait a day.',
].join('\n')
