import type { SafeStorage } from 'electron'
import type { KeychainAnswer, KeychainRequest } from '../shared/shellProtocol.ts'

type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Whether the system keeps a key for us; a key that anyone can derive (Linux `basic_text`) is none. */
export const hasKeychain = async (storage: Storage, platform: NodeJS.Platform): Promise<boolean> => {
  if (!(await storage.isAsyncEncryptionAvailable())) return false
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())
}

/** Answers the host's requests from the system's keychain; every request gets an answer, never an exception. */
export const createKeychain = (storage: Storage, platform: NodeJS.Platform) => {
  return async (request: KeychainRequest): Promise<KeychainAnswer> => {
    const answer = { type: 'keychain-answer', id: request.id } as const
    try {
      const available = await hasKeychain(storage, platform)
      if (request.operation === 'isAvailable') return { ...answer, available }
      if (!available) return { ...answer, failed: true }
      if (request.operation === 'wrap') {
        const wrapped = await storage.encryptStringAsync(request.value)
        return { ...answer, value: wrapped.toString('base64') }
      }
      const { result } = await storage.decryptStringAsync(Buffer.from(request.value, 'base64'))
      return { ...answer, value: result }
    } catch {
      return request.operation === 'isAvailable' ? { ...answer, available: false } : { ...answer, failed: true }
    }
  }
}
