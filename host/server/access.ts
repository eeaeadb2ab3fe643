import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may talk to the loopback server. Pure decisions; the server asks for each request and each upgrade. */
export interface Access {
  /** In the first URL only; the server turns it into the cookie. */
  readonly token: string
  readonly cookieName: string
  cookieHeader(): string
  isAllowedHost(host: string | undefined): boolean
  /** Browsers send no Origin on plain navigation; a WebSocket upgrade always carries one. */
  isAllowedOrigin(origin: string | undefined, isUpgrade: boolean): boolean
  isToken(token: string): boolean
  hasCookie(header: string | undefined): boolean
}

/** Cookies ignore ports, so the name carries the port: two consoles on one machine do not overwrite each other. */
export const createAccess = (port: number): Access => {
  const token = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('base64url')
  const cookieName = `opencoach_${port}`
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  return {
    token,
    cookieName,
    cookieHeader: () => `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    isAllowedHost: (host) => host !== undefined && hosts.has(host),
    isAllowedOrigin: (origin, isUpgrade) => (origin === undefined ? !isUpgrade : origins.has(origin)),
    isToken: (given) => isSame(given, token),
    hasCookie: (header) => cookieValues(header, cookieName).some((value) => isSame(value, secret)),
  }
}

const isSame = (given: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const cookieValues = (header: string | undefined, name: string): string[] =>
  (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
