import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { InboundFile } from '../channel.ts'
import type { Calls } from './calls.ts'
import { type FileWish, largestFile } from './content.ts'

const longestFileMs = 60_000
const described = z.object({ file_path: z.string().min(1), file_size: z.number().optional() })

/** Fetches what a message refers to, in a minute at most; null where that did not work. Never throws. */
export const fetchFile = async (
  calls: Calls,
  clock: Clock,
  wish: FileWish,
  signal: AbortSignal,
): Promise<InboundFile | null> => {
  const deadline = clock.now() + longestFileMs
  const about = await calls.call((methods) => methods.getFile({ file_id: wish.fileId }), {
    shape: described,
    purpose: 'channel_file',
    signal,
  })
  if (!about.ok) return null
  const size = about.result.file_size ?? wish.size
  if (size !== undefined && size > largestFile) return null
  const timeoutMs = Math.max(1_000, deadline - clock.now())
  const bytes = await calls.download(about.result.file_path, { timeoutMs, maxBytes: largestFile, signal })
  if (!bytes || bytes.byteLength === 0 || (size !== undefined && bytes.byteLength !== size)) return null
  return { name: wish.name, mediaType: wish.mediaType, bytes }
}
