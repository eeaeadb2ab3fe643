import { IconX } from '@tabler/icons-react'
import { Button } from '../../../components/Button.tsx'
import { count } from '../words.ts'
import {
  closeUploads,
  goOnUploading,
  isSendingFiles,
  retryFailed,
  settledOf,
  stopUploads,
  useUploads,
} from './uploads.ts'
import { sumWords } from './uploadWords.ts'

/** So many reasons are listed; more nobody reads. */
const mostListed = 200

const Sending = () => {
  const uploads = useUploads()
  const { waiting, sending, halt } = uploads
  const left = waiting.length + sending.length
  const [now] = sending
  const settled = settledOf(uploads)
  const onTheirWay = sending.reduce((sum, { sent, wanted }) => sum + sent / Math.max(1, wanted.file.size), 0)
  return (
    <>
      <p className="upload-words">
        <b>{left === 1 ? 'Adding 1 file' : `Adding files, ${count(left)} to go`}</b>{' '}
        {now ? <span className="muted upload-name">{now.wanted.file.name}</span> : null}
      </p>
      {halt === null ? (
        <progress
          className="bar"
          aria-label="Files that have arrived"
          value={settled + onTheirWay}
          max={settled + left}
        />
      ) : null}
      {halt === null ? null : <p role="alert">{halt}</p>}
      {halt === null ? null : <Button onClick={goOnUploading}>Try again</Button>}
      <Button kind="quiet" onClick={stopUploads}>
        Stop
      </Button>
    </>
  )
}

const Reasons = () => {
  const { failed, same } = useUploads()
  const twins = same.filter(({ sameAs }) => sameAs !== null)
  if (failed.length + twins.length === 0) return null
  return (
    <details className="more upload-reasons">
      <summary>Which ones</summary>
      <ul aria-label="Files that were not added">
        {failed.slice(0, mostListed).map(({ name, problem }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files can have the same name, and none ever moves
          <li key={`${index}-${name}`}>
            <b dir="auto">{name}</b> {problem}
          </li>
        ))}
        {twins.slice(0, mostListed).map(({ name, sameAs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files can have the same name, and none ever moves
          <li key={`${index}-${name}`}>
            <b dir="auto">{name}</b> holds the same as “{sameAs}”.
          </li>
        ))}
      </ul>
      {failed.length > mostListed ? <p className="muted">And {count(failed.length - mostListed)} more.</p> : null}
    </details>
  )
}

/** What is on its way into the library, and what came of it. */
export const UploadNote = () => {
  const uploads = useUploads()
  const isSending = isSendingFiles(uploads)
  const sums = sumWords(uploads)
  if (!isSending && sums === null) return null
  return (
    <section className="upload" aria-label="Files being added">
      {isSending ? <Sending /> : null}
      <p className="upload-words" role="status">
        {isSending ? null : sums}
      </p>
      {isSending && sums !== null ? <p className="muted upload-words">{sums}</p> : null}
      {!isSending && uploads.failed.some(({ wanted }) => wanted !== null) ? (
        <Button kind="quiet" onClick={retryFailed}>
          Try those again
        </Button>
      ) : null}
      {isSending ? null : (
        <button type="button" className="upload-close" aria-label="Close" onClick={closeUploads}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
      <Reasons />
    </section>
  )
}
