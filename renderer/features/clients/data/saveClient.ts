import { host } from '../../../transport/console.ts'

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** Has everything about a client put into one archive and hands it to the browser to save; `tell` hears how far it is, 0 to 1. */
export const saveClient = async (clientId: string, tell: (share: number) => void): Promise<void> => {
  const { exportId, name, size } = await host.clients.export({ clientId })
  try {
    const parts: Blob[] = []
    for (let from = 0; from < size; ) {
      const bytes = bytesOf((await host.clients.readExport({ exportId, from })).base64)
      if (bytes.length === 0) throw new Error('The archive is shorter than it should be.')
      // A blob of its own: the browser need not keep it in this page's memory.
      parts.push(new Blob([bytes]))
      from += bytes.length
      tell(from / size)
    }
    const url = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }))
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  } finally {
    await host.clients.dropExport({ exportId })
  }
}
