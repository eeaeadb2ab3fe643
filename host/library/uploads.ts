import { newId } from '../../db/ids.ts'
import { Problem } from '../../shared/problem.ts'

interface Upload<Added> {
  readonly bytes: number
  received: number
  readonly put: (part: Uint8Array | null) => void
  readonly fail: (error: unknown) => void
  readonly added: Promise<Added>
}

export interface Uploads<About, Added> {
  /** Throws INVALID_INPUT where the file is too large ever to be read. */
  begin(file: About & { readonly bytes: number }): { uploadId: string }
  /** Parts come in order; throws CONFLICT where one is missing. */
  append(uploadId: string, offset: number, part: Uint8Array): void
  /** Throws CONFLICT where the file is not whole. */
  finish(uploadId: string): Promise<Added>
  cancel(uploadId: string): void
}

const mostUploads = 8

const gone = (): Problem => new Problem('NOT_FOUND', 'The file was interrupted. Add it again.')

interface Limit {
  readonly bytes: number
  /** What the coach reads where a file is larger. */
  readonly sentence: string
}

/** Files that come in parts over the wire; each part is handed to `add` as it comes. */
export const createUploads = <About extends object, Added>(
  add: (file: About, source: AsyncIterable<Uint8Array>) => Promise<Added>,
  limit: Limit,
): Uploads<About, Added> => {
  const open = new Map<string, Upload<Added>>()

  const find = (uploadId: string): Upload<Added> => {
    const upload = open.get(uploadId)
    if (!upload) throw gone()
    return upload
  }

  const drop = (uploadId: string, error: unknown): void => {
    open.get(uploadId)?.fail(error)
    open.delete(uploadId)
  }

  return {
    begin: (file) => {
      const { bytes } = file
      if (bytes > limit.bytes) throw new Problem('INVALID_INPUT', limit.sentence)
      // Whoever begins and never ends must not fill the disk.
      if (open.size >= mostUploads) drop([...open.keys()][0] ?? '', gone())
      const uploadId = newId()
      const { source, put, fail } = createPipe()
      const added = add(file, source)
      added.catch(() => open.delete(uploadId))
      open.set(uploadId, { bytes, received: 0, put, fail, added })
      return { uploadId }
    },
    append: (uploadId, offset, part) => {
      const upload = find(uploadId)
      if (offset !== upload.received) throw new Problem('CONFLICT', 'A part of the file is missing. Add it again.')
      upload.received += part.length
      if (upload.received > upload.bytes) {
        drop(uploadId, gone())
        throw new Problem('CONFLICT', 'The file changed while it was being added. Add it again.')
      }
      upload.put(part)
    },
    finish: async (uploadId) => {
      const upload = find(uploadId)
      if (upload.received !== upload.bytes) {
        drop(uploadId, gone())
        throw new Problem('CONFLICT', 'The file did not arrive whole. Add it again.')
      }
      upload.put(null)
      open.delete(uploadId)
      return upload.added
    },
    cancel: (uploadId) => drop(uploadId, gone()),
  }
}

/** An iterable that is fed from outside; null ends it. */
const createPipe = () => {
  const waiting: (Uint8Array | null)[] = []
  const failures: unknown[] = []
  let wakeUp: () => void = () => undefined
  const put = (part: Uint8Array | null): void => {
    waiting.push(part)
    wakeUp()
  }
  const fail = (error: unknown): void => {
    failures.push(error)
    wakeUp()
  }
  const source = (async function* () {
    for (;;) {
      if (failures.length > 0) throw failures[0]
      const part = waiting.shift()
      if (part === null) return
      if (part) yield part
      else
        await new Promise<void>((resolve) => {
          wakeUp = resolve
        })
    }
  })()
  return { source, put, fail }
}
