import type { Session } from 'electron'
import { isConsolePage } from './navigation.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
export type Permission = Parameters<RequestHandler>[1] | Parameters<CheckHandler>[1]

// Every permission that is granted, with its reason; what is not named here is denied.
const granted: Partial<Record<Permission, string>> = {
  'clipboard-sanitized-write': 'Copy buttons put text the coach chose on the clipboard.',
}

/** Whether the page at `address` (its URL or origin) may have `permission`. */
export const isPermitted = (permission: Permission, address: string, isMainFrame: boolean): boolean =>
  isMainFrame && Object.hasOwn(granted, permission) && isConsolePage(address)
