import { host } from '../../../transport/console.ts'

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** The bytes of an original from one place on, as many as come at once; with the size of all of it. */
export const readOriginal = async (documentId: string, from: number) => {
  const { base64, ...original } = await host.library.original({ documentId, from })
  return { ...original, bytes: bytesOf(base64) }
}

/** Hands the original to the browser to save; it is never opened as a page. */
export const saveOriginal = async (documentId: string): Promise<void> => {
  const first = await readOriginal(documentId, 0)
  const parts = [first.bytes]
  for (let at = first.bytes.length; at < first.size; ) {
    const { bytes } = await readOriginal(documentId, at)
    if (bytes.length === 0) break
    parts.push(bytes)
    at += bytes.length
  }
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = first.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
