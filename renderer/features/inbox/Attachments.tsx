import './attachments.css'
import { Modal } from '@mantine/core'
import { IconDownload, IconPaperclip, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { sizeWords } from '../../components/words.ts'
import { saveFile, shownKind, useFileUrl } from './attachmentFile.ts'

type Attachment = Message['attachments'][number]

/** Larger pictures are read only when the coach asks. */
const largestPreview = 8_000_000

const notPlayable = 'This cannot be shown here. Save it to open it with another program.'

const FileButton = ({ attachment }: { readonly attachment: Attachment }) => {
  const save = useAction(saveFile)
  return (
    <button type="button" className="attachment" onClick={() => void save.run(attachment.id)}>
      <IconPaperclip size={14} aria-hidden="true" /> {attachment.name}{' '}
      <span className="muted">{sizeWords(attachment.size)}</span>
    </button>
  )
}

const SaveButton = ({ attachment }: { readonly attachment: Attachment }) => {
  const save = useAction(saveFile)
  return (
    <Button
      kind="quiet"
      className="save-file"
      aria-label={`Save ${attachment.name}`}
      title="Save"
      icon={<IconDownload size={16} aria-hidden="true" />}
      onClick={() => void save.run(attachment.id)}
    />
  )
}

const Picture = ({ attachment }: { readonly attachment: Attachment }) => {
  const [isLarge, setLarge] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const { url, error } = useFileUrl(attachment.id, true)
  const save = useAction(saveFile)
  if (error) return <Problem error={error} />
  if (hasFailed) {
    return (
      <div className="media-failed">
        <p className="message-mark">{notPlayable}</p>
        <FileButton attachment={attachment} />
      </div>
    )
  }
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={`Show ${attachment.name} larger`}
        onClick={() => setLarge(true)}
      >
        {url ? <img src={url} alt={attachment.name} onError={() => setFailed(true)} /> : null}
      </button>
      <Modal
        opened={isLarge}
        onClose={() => setLarge(false)}
        title={attachment.name}
        size="xl"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className="stack">
          {url ? <img className="picture-large" src={url} alt={attachment.name} /> : null}
          <div className="row-of-buttons">
            <Button
              icon={<IconDownload size={16} aria-hidden="true" />}
              isBusy={save.isRunning}
              onClick={() => void save.run(attachment.id)}
            >
              Save
            </Button>
            <span className="muted small">{sizeWords(attachment.size)}</span>
          </div>
        </div>
      </Modal>
    </>
  )
}

const playWords = { audio: 'Listen', video: 'Watch' } as const

const Playable = ({ attachment, kind }: { readonly attachment: Attachment; readonly kind: 'audio' | 'video' }) => {
  const [isWanted, setWanted] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const { url, error } = useFileUrl(attachment.id, isWanted)
  const fail = () => setFailed(true)
  if (error) return <Problem error={error} />
  return (
    <div className={`media media-${kind}`}>
      {hasFailed ? <p className="message-mark">{notPlayable}</p> : null}
      {url && !hasFailed && kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: there is no transcript of what a client recorded
        <audio controls autoPlay src={url} aria-label={attachment.name} onError={fail} />
      ) : null}
      {url && !hasFailed && kind === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: there is no transcript of what a client recorded
        <video controls autoPlay src={url} aria-label={attachment.name} onError={fail} />
      ) : null}
      {url || hasFailed ? null : (
        <button type="button" className="attachment" disabled={isWanted} onClick={() => setWanted(true)}>
          <IconPlayerPlay size={14} aria-hidden="true" /> {playWords[kind]}{' '}
          <span className="muted">
            {attachment.name} · {sizeWords(attachment.size)}
          </span>
        </button>
      )}
      <SaveButton attachment={attachment} />
    </div>
  )
}

const Shown = ({ attachment }: { readonly attachment: Attachment }) => {
  const kind = shownKind(attachment.mediaType)
  if (kind === 'picture' && attachment.size <= largestPreview) return <Picture attachment={attachment} />
  if (kind === 'audio' || kind === 'video') return <Playable attachment={attachment} kind={kind} />
  return <FileButton attachment={attachment} />
}

/** The files of a message: pictures shown, recordings played in place, and every one of them to be saved. */
export const Attachments = ({ attachments }: { readonly attachments: Message['attachments'] }) =>
  attachments.length === 0 ? null : (
    <ul className="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <Shown attachment={attachment} />
        </li>
      ))}
    </ul>
  )
