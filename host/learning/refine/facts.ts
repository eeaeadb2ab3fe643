import { contentWords, foldAccents } from '../../memory/index.ts'
import { givesOrders } from '../../modelReading/index.ts'
import type { Intervention } from '../interventions/index.ts'

const words = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu
const possessive = /['’]s$/u
/** A capital that no sentence begins with: a name, or in German any noun. */
const capitalisedWithin = /(?<=[\p{L}\p{N},;:] )\p{Lu}\p{Ll}[\p{L}'’-]*/gu
const capitalised = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}[\p{L}'’-]*/gu
const placeholder = /\[[A-Z][A-Z_]*(?:[_ -]?\d+)?\]|[⟦⟧]/u

const wordOf = (said: string): string => foldAccents(said).replace(possessive, '')
const wordsIn = (text: string, which = words): string[] => (text.match(which) ?? []).map(wordOf)

/** What in an intervention is of this one client: names, numbers, their own words. */
export interface ClientFacts {
  /** Whether a text carries a name, a number, an order to a machine, or a label that stood for any. */
  identifies(text: string): boolean
  /** The same, or that it is mostly what the client said. */
  tells(text: string): boolean
}

export const factsOf = ({ before, coach, after, clientName }: Intervention): ClientFacts => {
  const talk = [...before, ...coach, ...after]
  const clientNames = new Set(wordsIn(clientName).filter((name) => name.length > 1))
  const said = new Set(talk.flatMap(({ text }) => wordsIn(text)))
  const names = new Set(talk.flatMap(({ text }) => wordsIn(text, capitalisedWithin)))
  const saidByClient = new Set(
    [...before, ...after].flatMap(({ from, text }) => (from === 'client' ? contentWords(text) : [])),
  )
  const identifies = (text: string): boolean =>
    /\p{N}/u.test(text) ||
    placeholder.test(text) ||
    givesOrders(foldAccents(text)) ||
    wordsIn(text).some((one) => clientNames.has(one)) ||
    wordsIn(text, capitalised).some((one) => names.has(one)) ||
    wordsIn(text, capitalisedWithin).some((one) => said.has(one))
  const isEcho = (text: string): boolean => {
    const content = contentWords(text)
    return content.length > 0 && content.filter((one) => saidByClient.has(one)).length * 2 >= content.length
  }
  return { identifies, tells: (text) => identifies(text) || isEcho(text) }
}
