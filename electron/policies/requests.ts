/** Whether a window may load `address`: only what the app itself carries, so nothing leaves the machine from here. */
export const isOwnResource = (address: string, allowDeveloperTools: boolean): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  if (protocol === 'app:') return host === 'console'
  if (protocol === 'blob:') return address.startsWith('blob:app://console/')
  return protocol === 'data:' || (allowDeveloperTools && protocol === 'devtools:')
}
