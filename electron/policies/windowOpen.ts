import type { WindowOpenHandlerResponse } from 'electron'
import { externalAddress } from './openExternal.ts'

/** What becomes of `window.open` and of links with a target: never a window; at most a page offered to the browser. */
export const decideWindowOpen = (address: string): { response: WindowOpenHandlerResponse; offer: URL | undefined } => ({
  response: { action: 'deny' },
  offer: externalAddress(address),
})
