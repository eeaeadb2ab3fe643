const longestAddress = 2_000

/** The address to hand to the system's browser, or undefined: https only, no credentials, no odd ports. */
export const externalAddress = (address: string): URL | undefined => {
  if (address.length > longestAddress || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.protocol === 'https:' && !url.username && !url.password && !url.port ? url : undefined
}
