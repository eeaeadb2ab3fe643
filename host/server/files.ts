import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

export interface ServedFile {
  readonly body: Buffer | string
  readonly type: string
  /** Only the page itself has one. */
  readonly nonce?: string
}

/** A file of the built console; undefined for anything outside it or of an unknown type. */
export const servedFile = async (folder: string, path: string): Promise<ServedFile | undefined> => {
  const name = path === '/' ? 'index.html' : decoded(path)
  if (name === undefined) return undefined
  const file = normalize(join(folder, name))
  const type = types[extname(file)]
  if (!type || !file.startsWith(folder + sep)) return undefined
  const body = await readFile(file).catch(() => undefined)
  if (!body) return undefined
  if (!file.endsWith('index.html')) return { body, type }
  const nonce = randomBytes(16).toString('base64')
  return { body: body.toString('utf8').replaceAll('__CSP_NONCE__', nonce), type, nonce }
}

const decoded = (path: string): string | undefined => {
  try {
    const name = decodeURIComponent(path)
    return name.includes('\0') ? undefined : name
  } catch {
    return undefined
  }
}
