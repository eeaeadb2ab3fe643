import { consoleOrigin } from '../../shared/shellWindow.ts'

/** Whether a download may go on to ask the coach where to save it: only bytes that the console's own page has put together. */
export const isOwnDownload = (address: string): boolean => address.startsWith(`blob:${consoleOrigin}/`)
