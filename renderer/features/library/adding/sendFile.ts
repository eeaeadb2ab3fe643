import { host } from '../../../transport/console.ts'
import { problemSentence } from '../../../transport/problems.ts'
import type { WantedFile } from './collect.ts'

/** Bytes of one part of a file on its way to the host. */
const partBytes = 512 * 1024
/** As in the contract. */
const longestName = 255
const longestFolder = 500

export type Finished = Awaited<ReturnType<typeof host.library.finishUpload>>

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

interface Watch {
  readonly signal: AbortSignal
  /** Bytes that have arrived. */
  readonly onSent: (bytes: number) => void
}

/** Sends one file part by part. Throws Stopped, FileProblem, or what the host says; nothing of it stays there then. */
export const sendFile = async ({ file, folder }: WantedFile, { signal, onSent }: Watch): Promise<Finished> => {
  if (file.name.length > longestName) throw new FileProblem('Its name is too long. Shorten it and add it again.')
  if (folder.length > longestFolder) throw new FileProblem('It lies in too many folders. Move it up and add it again.')
  const { uploadId } = await host.library.beginUpload({
    fileName: file.name,
    folder,
    bytes: file.size,
    tags: [],
    clientId: null,
  })
  try {
    for (let offset = 0; offset < file.size; offset += partBytes) {
      if (signal.aborted) throw new Stopped()
      const base64 = await base64Of(file.slice(offset, offset + partBytes))
      await host.library.appendUpload({ uploadId, offset, base64 })
      onSent(Math.min(file.size, offset + partBytes))
    }
    if (signal.aborted) throw new Stopped()
    return await host.library.finishUpload({ uploadId })
  } catch (error) {
    host.library.cancelUpload({ uploadId }).catch(() => undefined)
    throw error
  }
}

/** Why a file could not be added, in the coach's words. */
export const fileProblemSentence = (error: unknown): string =>
  error instanceof FileProblem ? error.message : problemSentence(error)
