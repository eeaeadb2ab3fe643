/** Whether a URL's host is this machine itself; a name or address on the local network is not. */
export const isLoopback = (url: URL): boolean =>
  url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(url.hostname)

/** A URL as the ledger keeps it: without user, password, query and fragment, where secrets sit. */
export const destinationOf = (url: URL): string => `${url.origin}${url.pathname}`
