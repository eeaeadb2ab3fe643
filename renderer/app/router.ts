import { useSyncExternalStore } from 'react'

export const screens = ['inbox', 'clients', 'privacy', 'settings'] as const
export type Screen = (typeof screens)[number]

export interface Route {
  readonly screen: Screen
  /** The conversation, client or settings section shown; null for the screen itself. */
  readonly id: string | null
}

/** Whatever stands in the address: what cannot be decoded is no place of ours. */
const decoded = (id: string): string | null => {
  try {
    return decodeURIComponent(id)
  } catch {
    return null
  }
}

const parse = (hash: string): Route => {
  const [name, id] = hash.replace(/^#\/?/, '').split('/')
  const screen = screens.find((each) => each === name) ?? 'inbox'
  return { screen, id: id ? decoded(id) : null }
}

let current = { hash: location.hash, route: parse(location.hash) }

const read = (): Route => {
  if (location.hash !== current.hash) current = { hash: location.hash, route: parse(location.hash) }
  return current.route
}

const subscribe = (tell: () => void) => {
  window.addEventListener('hashchange', tell)
  return () => window.removeEventListener('hashchange', tell)
}

/** The address of a screen, for links. */
export const hrefTo = (screen: Screen, id?: string | null): string =>
  id ? `#/${screen}/${encodeURIComponent(id)}` : `#/${screen}`

/** Goes to a screen; a reload returns to the same place. */
export const navigate = (screen: Screen, id?: string | null) => {
  location.hash = hrefTo(screen, id)
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, read)
