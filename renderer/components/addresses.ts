const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

/** Whether an address leads to this machine itself; false for whatever is no address. */
export const isOnThisMachine = (address: string): boolean => URL.canParse(address) && isLoopback(new URL(address))

/** Whether what is sent to an address could be read on its way. */
export const isReadableOnTheWay = (address: string): boolean =>
  URL.canParse(address) && new URL(address).protocol === 'http:' && !isLoopback(new URL(address))
