import { useEffect, useRef, useState } from 'react'
import type { PastPreview } from '../../../shared/contract/past.ts'
import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import type { DateOrder } from '../../../shared/taxonomy/past.ts'
import { host } from '../../transport/console.ts'
import { fileProblemSentence, Stopped, sendInParts } from '../../transport/sendInParts.ts'

export interface ReadAs {
  readonly format?: ImportFormat
  readonly dateOrder?: DateOrder
}

export interface Chosen {
  readonly coach: string
  readonly threads: { readonly thread: number; readonly clientId: string | null }[]
}

/** Where the coach is on the way from a file to what was taken in. */
export type PastStep =
  | { readonly kind: 'sending'; readonly name: string; readonly sent: number; readonly size: number }
  | { readonly kind: 'reading'; readonly name: string }
  | {
      readonly kind: 'choosing'
      readonly preview: PastPreview
      readonly readAs: ReadAs
      readonly refusal: string | null
    }
  | { readonly kind: 'adding'; readonly name: string }
  | { readonly kind: 'done'; readonly turns: number; readonly coachTurns: number }
  | { readonly kind: 'failed'; readonly sentence: string }

/** One file at a time: sent, looked at, taken in; null while there is none. */
export const usePastFlow = () => {
  const [step, setStep] = useState<PastStep | null>(null)
  const current = useRef<{ abort: AbortController; fileId: string | null } | null>(null)

  const forget = (): void => {
    const { abort, fileId } = current.current ?? {}
    current.current = null
    abort?.abort()
    if (fileId) host.past.drop({ fileId }).catch(() => undefined)
  }
  const latestForget = useRef(forget)
  latestForget.current = forget
  useEffect(() => () => latestForget.current(), [])

  /** Does something with the file at hand; what comes of it is dropped where the coach left meanwhile. */
  const go = async (work: () => Promise<PastStep>, onProblem: (sentence: string) => PastStep): Promise<void> => {
    const mine = current.current
    const next = await work().catch((error: unknown) =>
      error instanceof Stopped ? null : onProblem(fileProblemSentence(error)),
    )
    if (next !== null && mine !== null && current.current === mine) setStep(next)
  }
  const failed = (sentence: string): PastStep => ({ kind: 'failed', sentence })

  const look = async (fileId: string, name: string, readAs: ReadAs): Promise<PastStep> => {
    setStep({ kind: 'reading', name })
    const preview = await host.past.preview({ fileId, ...readAs })
    return { kind: 'choosing', preview, readAs, refusal: null }
  }

  return {
    step,
    begin: (file: File): Promise<void> => {
      forget()
      const mine = { abort: new AbortController(), fileId: null as string | null }
      current.current = mine
      return go(async () => {
        const { name, size } = file
        setStep({ kind: 'sending', name, sent: 0, size })
        const { past } = host
        const taker = {
          begin: () => past.beginUpload({ fileName: name, bytes: size }),
          append: past.appendUpload,
          finish: past.finishUpload,
          cancel: past.cancelUpload,
        }
        const watch = {
          signal: mine.abort.signal,
          onSent: (sent: number) => {
            if (current.current === mine) setStep({ kind: 'sending', name, sent, size })
          },
        }
        const { fileId } = await sendInParts(file, taker, watch)
        mine.fileId = fileId
        return look(fileId, name, {})
      }, failed)
    },
    readAgain: (preview: PastPreview, readAs: ReadAs): Promise<void> =>
      go(() => look(preview.fileId, preview.fileName, readAs), failed),
    takeIn: (preview: PastPreview, readAs: ReadAs, chosen: Chosen): Promise<void> =>
      go(
        async () => {
          setStep({ kind: 'adding', name: preview.fileName })
          const { turns, coachTurns } = await host.past.takeIn({
            fileId: preview.fileId,
            format: preview.format,
            ...(readAs.dateOrder ? { dateOrder: readAs.dateOrder } : {}),
            ...chosen,
          })
          if (current.current) current.current.fileId = null
          return { kind: 'done', turns, coachTurns }
        },
        (refusal) => ({ kind: 'choosing', preview, readAs, refusal }),
      ),
    /** Leaves; whatever was under way is stopped, and nothing of it is kept. */
    close: (): void => {
      forget()
      setStep(null)
    },
  }
}
