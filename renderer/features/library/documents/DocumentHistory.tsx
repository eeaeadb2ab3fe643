import { Ago } from '../../../components/Time.tsx'
import type { queries } from '../../../transport/console.ts'
import { count } from '../words.ts'

type Update = Awaited<ReturnType<typeof queries.library.document.call>>['updates'][number]

const typeWords = {
  full: 'Read for the first time',
  incremental: 'The file had changed',
  manual: 'Read again because you asked or renamed it',
} as const satisfies Record<Update['updateType'], string>

const outcome = (update: Update): string => {
  if (update.status === 'pending') return 'waiting'
  if (update.status === 'processing') return 'under way'
  if (update.status === 'failed') return update.problem ?? 'did not work'
  return `${count(update.chunksUpdated)} of ${count(update.chunksTotal)} passages made anew`
}

/** How often the document has been read, newest first. */
export const DocumentHistory = ({ updates }: { readonly updates: readonly Update[] }) =>
  updates.length === 0 ? null : (
    <section aria-labelledby="document-history">
      <h3 className="section-title" id="document-history">
        History
      </h3>
      <ol className="document-history">
        {updates.map((update) => (
          <li key={update.id}>
            {typeWords[update.updateType]}: {outcome(update)}{' '}
            <span className="muted small">
              <Ago time={update.finishedAt ?? update.createdAt} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
