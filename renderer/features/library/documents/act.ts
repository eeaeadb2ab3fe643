import type { DocumentRow, documentActs } from '../../../../shared/contract/library.ts'
import { notify } from '../../../app/action.ts'
import { plural } from '../../../components/words.ts'
import { host } from '../../../transport/console.ts'
import { isUnderWay } from '../words.ts'

type Act = (typeof documentActs)[number]
type Documents = readonly DocumentRow[]

export const actWords = {
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Try again',
  reindex: 'Read again',
} as const satisfies Record<Exclude<Act, 'remove'>, string>

const fits = {
  pause: ({ state }) => isUnderWay(state),
  resume: ({ state }) => state === 'paused',
  retry: ({ state }) => state === 'failed',
  reindex: ({ state }) => state === 'ready',
} as const satisfies Record<keyof typeof actWords, (document: DocumentRow) => boolean>

export type Offered = keyof typeof actWords

/** What can be done with at least one of them. */
export const offered = (documents: Documents): readonly Offered[] =>
  (['pause', 'resume', 'retry', 'reindex'] as const).filter((act) => documents.some(fits[act]))

const doneWords = {
  pause: 'paused',
  resume: 'resumed',
  retry: 'tried again',
  reindex: 'read again',
  remove: 'removed',
} as const satisfies Record<Act, string>

/** Does one thing to those documents it fits, and says how many these were. Rejects with what the host says. */
export const actOn = async (documents: Documents, act: Act): Promise<void> => {
  const ids = documents.filter((each) => act === 'remove' || fits[act](each)).map(({ id }) => id)
  const [first] = ids
  if (first === undefined) return
  const { changed } = await host.library.act({ documentIds: [first, ...ids.slice(1)], act })
  if (documents.length > 1 || act === 'remove') notify(`${plural(changed, 'document')} ${doneWords[act]}.`)
}

const atOnce = 4

/** Changes one fact of each document; stops at the first that fails. */
export const updateEach = async (
  documents: Documents,
  changesOf: (document: DocumentRow) => Omit<Parameters<typeof host.library.update>[0], 'documentId'>,
): Promise<void> => {
  for (let at = 0; at < documents.length; at += atOnce) {
    const some = documents.slice(at, at + atOnce)
    await Promise.all(some.map((each) => host.library.update({ documentId: each.id, ...changesOf(each) })))
  }
}
