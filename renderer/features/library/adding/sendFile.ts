import { host } from '../../../transport/console.ts'
import { FileProblem, sendInParts, type Watch } from '../../../transport/sendInParts.ts'
import type { WantedFile } from './collect.ts'

/** As in the contract. */
const longestFolder = 500

export type Finished = Awaited<ReturnType<typeof host.library.finishUpload>>

/** Sends one file into the library. Throws Stopped, FileProblem, or what the host says; nothing of it stays there then. */
export const sendFile = async ({ file, folder }: WantedFile, watch: Watch): Promise<Finished> => {
  if (folder.length > longestFolder) throw new FileProblem('It lies in too many folders. Move it up and add it again.')
  const { library } = host
  const begin = () => library.beginUpload({ fileName: file.name, folder, bytes: file.size, tags: [], clientId: null })
  return sendInParts(
    file,
    {
      begin,
      append: (part) => library.appendUpload(part),
      finish: (upload) => library.finishUpload(upload),
      cancel: (upload) => library.cancelUpload(upload),
    },
    watch,
  )
}
