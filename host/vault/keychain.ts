/** The operating system's keychain, reached through the shell; absent in loopback mode. */
export interface Keychain {
  /** False where the system has none worth the name (Linux `basic_text` counts as none). */
  isAvailable(): Promise<boolean>
  /** Encrypts with a key the system keeps; the answer is base64. */
  wrap(secret: Uint8Array): Promise<string>
  /** Throws where the system's key has changed or is gone. */
  unwrap(wrapped: string): Promise<Uint8Array>
}

export const noKeychain: Keychain = {
  isAvailable: () => Promise.resolve(false),
  wrap: () => Promise.reject(new Error('There is no keychain here.')),
  unwrap: () => Promise.reject(new Error('There is no keychain here.')),
}
