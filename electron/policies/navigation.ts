import { consoleOrigin } from '../../shared/shellWindow.ts'

/** Whether `address` is the console's own page; anything else, dropped files included, must not be shown in a window. */
export const isConsolePage = (address: string): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, host, pathname, username, password } = new URL(address)
  return (
    `${protocol}//${host}` === consoleOrigin && !username && !password && ['', '/', '/index.html'].includes(pathname)
  )
}
