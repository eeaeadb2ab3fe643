import { type KeychainAnswer, type KeychainRequest, keychainAnswer } from '../../shared/shellProtocol.ts'
import type { Keychain } from './keychain.ts'

interface Wire {
  readonly send: (request: KeychainRequest) => void
  /** Hands over every message of the shell; what is not an answer to us is passed over. */
  readonly listen: (listener: (message: unknown) => void) => void
}

/** The system's keychain, asked for through the shell's main process. */
export const keychainOverPort = ({ send, listen }: Wire): Keychain => {
  const open = new Map<number, (answer: KeychainAnswer) => void>()
  let lastId = 0

  listen((message) => {
    const parsed = keychainAnswer.safeParse(message)
    if (!parsed.success) return
    const resolve = open.get(parsed.data.id)
    open.delete(parsed.data.id)
    resolve?.(parsed.data)
  })

  // No time limit: the system may be asking the coach for a password.
  const ask = (toRequest: (id: number) => KeychainRequest): Promise<KeychainAnswer> =>
    new Promise((resolve) => {
      lastId += 1
      open.set(lastId, resolve)
      send(toRequest(lastId))
    })

  const transform = async (operation: 'wrap' | 'unwrap', value: string): Promise<string> => {
    const answer = await ask((id) => ({ type: 'keychain-request', id, operation, value }))
    if (!('value' in answer)) throw new Error(`The keychain could not ${operation} the key.`)
    return answer.value
  }

  return {
    isAvailable: async () => {
      const answer = await ask((id) => ({ type: 'keychain-request', id, operation: 'isAvailable' }))
      return 'available' in answer && answer.available
    },
    wrap: (secret) => transform('wrap', Buffer.from(secret).toString('base64')),
    unwrap: async (wrapped) => new Uint8Array(Buffer.from(await transform('unwrap', wrapped), 'base64')),
  }
}
