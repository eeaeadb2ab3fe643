import { problemSentence } from './problems.ts'

/** Bytes of one part of a file on its way to the host. */
const partBytes = 512 * 1024
/** As in the contract. */
const longestName = 255

/** The coach stopped it. */
export class Stopped extends Error {}

/** The file itself cannot be had; the message is for the coach. */
export class FileProblem extends Error {}

const base64Of = (part: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(`${reader.result}`.split(',')[1] ?? '')
    reader.onerror = () =>
      reject(new FileProblem('It can no longer be read. It may have been moved or changed since you chose it.'))
    reader.readAsDataURL(part)
  })

/** The procedures that take a file in parts. */
interface Taker<Taken> {
  begin(): Promise<{ readonly uploadId: string }>
  append(part: { readonly uploadId: string; readonly offset: number; readonly base64: string }): Promise<unknown>
  finish(upload: { readonly uploadId: string }): Promise<Taken>
  cancel(upload: { readonly uploadId: string }): Promise<unknown>
}

export interface Watch {
  readonly signal: AbortSignal
  /** Bytes that have arrived. */
  readonly onSent: (bytes: number) => void
}

/** Sends one file part by part. Throws Stopped, FileProblem, or what the host says; nothing of it stays there then. */
export const sendInParts = async <Taken>(
  file: File,
  { begin, append, finish, cancel }: Taker<Taken>,
  { signal, onSent }: Watch,
): Promise<Taken> => {
  if (file.name.length > longestName) throw new FileProblem('Its name is too long. Shorten it and add it again.')
  const { uploadId } = await begin()
  try {
    for (let offset = 0; offset < file.size; offset += partBytes) {
      if (signal.aborted) throw new Stopped()
      const base64 = await base64Of(file.slice(offset, offset + partBytes))
      await append({ uploadId, offset, base64 })
      onSent(Math.min(file.size, offset + partBytes))
    }
    if (signal.aborted) throw new Stopped()
    return await finish({ uploadId })
  } catch (error) {
    cancel({ uploadId }).catch(() => undefined)
    throw error
  }
}

/** Why a file could not be added, in the coach's words. */
export const fileProblemSentence = (error: unknown): string =>
  error instanceof FileProblem ? error.message : problemSentence(error)
