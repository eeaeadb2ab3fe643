import { isConsolePage } from './navigation.ts'

/** The part of a frame that tells whether to believe its messages. */
export interface SenderFrame {
  readonly url: string
  readonly parent: object | null
}

/** Whether an IPC message came from the console's own page, and not from a frame inside it or a frame already gone. */
export const isTrustedSender = (frame: SenderFrame | null): boolean =>
  frame !== null && frame.parent === null && isConsolePage(frame.url)
