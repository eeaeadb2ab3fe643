import { useSyncExternalStore } from 'react'

export const screens = ['inbox', 'clients', 'library', 'learning', 'reports', 'crises', 'privacy', 'settings'] as const
export type Screen = (typeof screens)[number]

export interface Route {
  readonly screen: Screen
  /** The conversation, client, document, crisis or section shown; null for the screen itself. */
  readonly id: string | null
  /** The seq of the message a thread opens at; null for where it was left. */
  readonly at: number | null
  /** What else the address says, such as the page of a document; from outside, so never trusted. */
  readonly params: Readonly<Record<string, string>>
}

/** Whatever stands in the address: what cannot be decoded is no place of ours. */
const decoded = (id: string): string | null => {
  try {
    return decodeURIComponent(id)
  } catch {
    return null
  }
}

/** A whole number that stands in an address; null for anything else. */
export const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

const parse = (hash: string): Route => {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?')
  const [name, id] = path.split('/')
  const screen = screens.find((each) => each === name) ?? 'inbox'
  const params = Object.fromEntries(new URLSearchParams(query))
  return { screen, id: id ? decoded(id) : null, at: screen === 'inbox' ? wholeNumber(params.at) : null, params }
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
  readonly params?: Readonly<Record<string, string | number | null | undefined>>
}

/** The address of a screen, for links. */
export const hrefTo = (screen: Screen, id?: string | null, { at, params = {} }: Place = {}): string => {
  if (!id) return `#/${screen}`
  const given = Object.entries({ at, ...params }).flatMap(([name, value]) =>
    value == null ? [] : [[name, `${value}`]],
  )
  const query = new URLSearchParams(given).toString()
  return `#/${screen}/${encodeURIComponent(id)}${query ? `?${query}` : ''}`
}

/** Goes to a screen; a reload returns to the same place. */
export const navigate = (screen: Screen, id?: string | null, place?: Place) => {
  location.hash = hrefTo(screen, id, place)
}

/** The same in place of where the window is: the way back leads past it. */
export const replaceRoute = (screen: Screen, id?: string | null, place?: Place) => {
  location.replace(hrefTo(screen, id, place))
}

/** Where the window is, for what is not drawn by it. */
export const currentRoute = read

export const useRoute = (): Route => useSyncExternalStore(subscribe, read)
