import { extname, join, relative, sep } from 'node:path'
import { consoleOrigin } from '../../shared/shellWindow.ts'
import { contentSecurityPolicy } from './contentSecurity.ts'

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
}

export type AssetDecision =
  | { readonly status: 200; readonly file: string; readonly mimeType: string; readonly isPage: boolean }
  | { readonly status: 403 | 404 | 405 }

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Which file under `folder` answers a request to app://; nothing outside it, no other host, no unknown kind of file. */
export const decideAsset = (folder: string, method: string, address: string): AssetDecision => {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 }
  if (!URL.canParse(address)) return { status: 404 }
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== consoleOrigin || url.username || url.password) return { status: 403 }
  const path = decoded(url.pathname)
  if (path === undefined || /[\\\0:]/.test(path)) return { status: 404 }
  const steps = path.split('/').filter(Boolean)
  if (steps.some((step) => step.startsWith('.'))) return { status: 404 }
  const file = join(folder, ...(steps.length === 0 ? ['index.html'] : steps))
  const inside = relative(folder, file)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return { status: 403 }
  const mimeType = mimeTypes[extname(file).toLowerCase()]
  return mimeType ? { status: 200, file, mimeType, isPage: mimeType.startsWith('text/html') } : { status: 404 }
}

/** The headers of every answer to app://; refusals carry them too. */
export const assetHeaders = (mimeType: string, nonce: string): Record<string, string> => ({
  'Content-Type': mimeType,
  'Content-Security-Policy': contentSecurityPolicy(nonce),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
  'Cache-Control': 'no-store',
})

const noncePlace = '__CSP_NONCE__'

/** The page with `nonce` in every place marked for it. */
export const withNonce = (page: string, nonce: string): string => page.replaceAll(noncePlace, nonce)
