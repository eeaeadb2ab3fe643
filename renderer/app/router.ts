import { useSyncExternalStore } from 'react'

export const screens = ['inbox', 'clients', 'reports', 'crises', 'privacy', 'settings'] as const
export type Screen = (typeof screens)[number]

export interface Route {
  readonly screen: Screen
  /** The conversation, client, crisis or settings section shown; null for the screen itself. */
  readonly id: string | null
  /** The seq of the message a thread opens at; null for where it was left. */
  readonly at: number | null
}

/** Whatever stands in the address: what cannot be decoded is no place of ours. */
const decoded = (id: string): string | null => {
  try {
    return decodeURIComponent(id)
  } catch {
    return null
  }
}

const seqIn = (query: string | undefined): number | null => {
  const at = new URLSearchParams(query).get('at')
  return at !== null && /^\d{1,15}$/.test(at) ? Number(at) : null
}

const parse = (hash: string): Route => {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?')
  const [name, id] = path.split('/')
  const screen = screens.find((each) => each === name) ?? 'inbox'
  return { screen, id: id ? decoded(id) : null, at: screen === 'inbox' ? seqIn(query) : null }
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

interface Place {
  /** The seq of a message in the conversation. */
  readonly at?: number | null
}

/** The address of a screen, for links. */
export const hrefTo = (screen: Screen, id?: string | null, { at }: Place = {}): string => {
  if (!id) return `#/${screen}`
  const place = `#/${screen}/${encodeURIComponent(id)}`
  return at == null ? place : `${place}?at=${at}`
}

/** Goes to a screen; a reload returns to the same place. */
export const navigate = (screen: Screen, id?: string | null, place?: Place) => {
  location.hash = hrefTo(screen, id, place)
}

/** Where the window is, for what is not drawn by it. */
export const currentRoute = read

export const useRoute = (): Route => useSyncExternalStore(subscribe, read)
