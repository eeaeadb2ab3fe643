import { IconPaperclip } from '@tabler/icons-react'
import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { sizeWords } from '../../components/words.ts'
import { host } from '../../transport/console.ts'

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** Hands a file of a message to the browser to save; it is never opened inside the console. */
const saveFile = async (fileId: string) => {
  const file = await host.inbox.attachment({ fileId })
  const url = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export const Attachments = ({ attachments }: { readonly attachments: Message['attachments'] }) => {
  const save = useAction(saveFile)
  if (attachments.length === 0) return null
  return (
    <ul className="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <button type="button" className="attachment" onClick={() => void save.run(attachment.id)}>
            <IconPaperclip size={14} aria-hidden="true" /> {attachment.name}{' '}
            <span className="muted">{sizeWords(attachment.size)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
