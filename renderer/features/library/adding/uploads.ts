import { create } from 'zustand'
import { notify } from '../../../app/action.ts'
import { currentRoute } from '../../../app/router.ts'
import { ConnectionLost, useConnection } from '../../../transport/connection.ts'
import { problemCode } from '../../../transport/problems.ts'
import { fileProblemSentence, Stopped } from '../../../transport/sendInParts.ts'
import type { Collected, WantedFile } from './collect.ts'
import { type Finished, sendFile } from './sendFile.ts'
import { sumWords } from './uploadWords.ts'

interface Sending {
  readonly wanted: WantedFile
  /** Bytes that have arrived. */
  readonly sent: number
}

export interface FailedFile {
  readonly name: string
  readonly problem: string
  /** Null where there is nothing to try again. */
  readonly wanted: WantedFile | null
}

/** The files on their way into the library; kept here, so that they go on while other screens are looked at. */
interface Uploads {
  readonly waiting: readonly WantedFile[]
  readonly sending: readonly Sending[]
  readonly added: number
  readonly updated: number
  /** Already here: the same file, or another with the same content under the title given. */
  readonly same: readonly { readonly name: string; readonly sameAs: string | null }[]
  readonly failed: readonly FailedFile[]
  readonly systemFiles: number
  readonly pictures: number
  readonly stopped: number
  /** Why none is sent any more until the coach says so. */
  readonly halt: string | null
}

const nothing: Uploads = {
  waiting: [],
  sending: [],
  added: 0,
  updated: 0,
  same: [],
  failed: [],
  systemFiles: 0,
  pictures: 0,
  stopped: 0,
  halt: null,
}

export const useUploads = create<Uploads>(() => nothing)

const atOnce = 2
/** What stands in the way of every other file too. */
const halting: ReadonlySet<string | undefined> = new Set(['DISK_FULL', 'READ_ONLY', 'LOCKED'])

let stop = new AbortController()

export const isSendingFiles = ({ waiting, sending }: Uploads): boolean => waiting.length + sending.length > 0

/** How many files nothing more will happen to. */
export const settledOf = ({ added, updated, same, failed, stopped }: Uploads): number =>
  added + updated + same.length + failed.length + stopped

const put = (change: (now: Uploads) => Partial<Uploads>) => useUploads.setState(change)

const settle = (wanted: WantedFile, change: (now: Uploads) => Partial<Uploads>) =>
  put((now) => ({ sending: now.sending.filter((each) => each.wanted !== wanted), ...change(now) }))

const countIn = (now: Uploads, { file }: WantedFile, { outcome, sameAs }: Finished): Partial<Uploads> => {
  if (outcome === 'added') return { added: now.added + 1 }
  if (outcome === 'updated') return { updated: now.updated + 1 }
  return { same: [...now.same, { name: file.name, sameAs }] }
}

const fail = (wanted: WantedFile, error: unknown) => {
  const back = (now: Uploads) => ({ waiting: [wanted, ...now.waiting] })
  if (error instanceof Stopped) return settle(wanted, (now) => ({ stopped: now.stopped + 1 }))
  // It begins anew once the connection stands again.
  if (error instanceof ConnectionLost) return settle(wanted, back)
  const problem = fileProblemSentence(error)
  if (halting.has(problemCode(error))) return settle(wanted, (now) => ({ ...back(now), halt: problem }))
  settle(wanted, (now) => ({ failed: [...now.failed, { name: wanted.file.name, problem, wanted }] }))
}

const send = async (wanted: WantedFile) => {
  try {
    const finished = await sendFile(wanted, {
      signal: stop.signal,
      onSent: (sent) =>
        put((now) => ({ sending: now.sending.map((each) => (each.wanted === wanted ? { wanted, sent } : each)) })),
    })
    settle(wanted, (now) => countIn(now, wanted, finished))
  } catch (error) {
    fail(wanted, error)
  }
  sendNext()
  tellIfDone()
}

/** Whoever looks at another screen hears that all of them have arrived. */
const tellIfDone = () => {
  const uploads = useUploads.getState()
  if (isSendingFiles(uploads) || currentRoute().screen === 'library') return
  const sums = sumWords(uploads)
  if (sums !== null) notify(`${sums}.`, 'Your files have arrived')
}

const sendNext = () => {
  const { waiting, sending, halt } = useUploads.getState()
  const [wanted, ...rest] = waiting
  if (!wanted || halt !== null || sending.length >= atOnce || useConnection.getState().state !== 'open') return
  put((now) => ({ waiting: rest, sending: [...now.sending, { wanted, sent: 0 }] }))
  void send(wanted)
  sendNext()
}

useConnection.subscribe(sendNext)

/** Puts files at the end of the queue; the sums begin anew where everything before is done. */
export const addFiles = ({ files, unopened, systemFiles, pictures }: Collected) => {
  put((now) => {
    const before = isSendingFiles(now) ? now : nothing
    return {
      ...before,
      waiting: [...before.waiting, ...files],
      failed: [...before.failed, ...unopened.map((each) => ({ ...each, wanted: null }))],
      systemFiles: before.systemFiles + systemFiles,
      pictures: before.pictures + pictures,
    }
  })
  sendNext()
}

/** Takes back what has not arrived yet. */
export const stopUploads = () => {
  stop.abort()
  stop = new AbortController()
  put((now) => ({ waiting: [], halt: null, stopped: now.stopped + now.waiting.length }))
}

/** Goes on after what stood in the way of all of them. */
export const goOnUploading = () => {
  put(() => ({ halt: null }))
  sendNext()
}

/** Tries again whatever failed and can be tried. */
export const retryFailed = () => {
  put((now) => ({
    waiting: [...now.waiting, ...now.failed.flatMap(({ wanted }) => wanted ?? [])],
    failed: now.failed.filter(({ wanted }) => wanted === null),
  }))
  sendNext()
}

/** Puts the sums away; what is still on its way goes on. */
export const closeUploads = () => put((now) => (isSendingFiles(now) ? {} : nothing))
