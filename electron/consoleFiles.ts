import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { assetHeaders, decideAsset, withNonce } from './policies/assets.ts'

/** Answers requests to app:// from `folder`; every page gets a nonce of its own. */
export const serveConsole = (folder: string) => {
  return async (request: Request): Promise<Response> => {
    const nonce = randomBytes(16).toString('base64')
    const refuse = (status: number): Response =>
      new Response(null, { status, headers: assetHeaders('text/plain; charset=utf-8', nonce) })
    const decision = decideAsset(folder, request.method, request.url)
    if (decision.status !== 200) return refuse(decision.status)
    try {
      const content = await readFile(decision.file)
      const body = decision.isPage ? withNonce(content.toString('utf8'), nonce) : new Uint8Array(content)
      return new Response(request.method === 'HEAD' ? null : body, {
        status: 200,
        headers: assetHeaders(decision.mimeType, nonce),
      })
    } catch {
      return refuse(404)
    }
  }
}
