export { type Keychain, noKeychain } from './keychain.ts'
export type { OpenStore } from './openStore.ts'
export type { RestoreInput } from './restore.ts'
export { createVault, type Vault } from './vault.ts'
