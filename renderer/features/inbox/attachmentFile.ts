import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { host, queries } from '../../transport/console.ts'

const keptForMs = 60_000

/** Only these are ever given a type of their own; whatever else comes is bytes to be saved. */
const shownTypes = {
  picture: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  audio: ['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/wav', 'audio/webm'],
  video: ['video/mp4', 'video/webm', 'video/quicktime'],
} as const

export type ShownKind = keyof typeof shownTypes

const bareType = (mediaType: string): string => (mediaType.split(';')[0] ?? '').trim().toLowerCase()

/** How a file is shown in place; null: it is only offered to be saved. */
export const shownKind = (mediaType: string): ShownKind | null => {
  const type = bareType(mediaType)
  if (shownTypes.picture.some((each) => each === type)) return 'picture'
  if (shownTypes.audio.some((each) => each === type)) return 'audio'
  return shownTypes.video.some((each) => each === type) ? 'video' : null
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** The file as an address for this page; null until it is read. The address ends with what shows it. */
export const useFileUrl = (fileId: string, isWanted: boolean) => {
  const file = useQuery({
    ...queries.inbox.attachment.queryOptions({ input: { fileId } }),
    enabled: isWanted,
    gcTime: keptForMs,
  })
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!isWanted || !file.data || !shownKind(file.data.mediaType)) return
    const made = URL.createObjectURL(new Blob([bytesOf(file.data.base64)], { type: bareType(file.data.mediaType) }))
    setUrl(made)
    return () => {
      setUrl(null)
      URL.revokeObjectURL(made)
    }
  }, [file.data, isWanted])
  return { url, error: file.error }
}

/** Hands a file of a message to the browser to save; it is never opened as a page. */
export const saveFile = async (fileId: string): Promise<void> => {
  const file = await host.inbox.attachment({ fileId })
  const url = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
