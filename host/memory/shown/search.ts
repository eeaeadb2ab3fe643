import type { Queries } from '../../../db/sqlite.ts'
import type { FoundMemory } from '../../../shared/contract/memory.ts'
import { foldAccents } from '../fold.ts'
import { itemsThat } from './itemRows.ts'

const mostFound = 50

interface Mark {
  start: number
  end: number
}

const words = /[\p{L}\p{N}]+/gu
/** Of scripts without gaps between words, any place is a beginning. */
const gapless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u
const wordCharacter = /[\p{L}\p{N}]/u

const placesOf = (folded: string, word: string): Mark[] => {
  const places: Mark[] = []
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
    const isBeginning = at === 0 || gapless.test(word) || !wordCharacter.test(folded.charAt(at - 1))
    if (isBeginning) places.push({ start: at, end: at + word.length })
  }
  return places
}

const merged = (marks: readonly Mark[]): Mark[] => {
  const apart: Mark[] = []
  for (const { start, end } of marks.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const before = apart.at(-1)
    if (before && start < before.end) before.end = Math.max(before.end, end)
    else apart.push({ start, end })
  }
  return apart
}

/** Where all words of a question begin words of a text, in the text's own positions; null where one is missing. */
const marksIn = (text: string, wanted: readonly string[]): Mark[] | null => {
  const folded = foldAccents(text)
  const places = wanted.map((word) => placesOf(folded, word))
  return places.some((found) => found.length === 0) ? null : merged(places.flat())
}

/** Items of a client in which every word is the beginning of one; those that hold before those that were replaced. */
export const searchItems = (
  queries: Queries,
  { clientId, text }: { clientId: string; text: string },
  now: number,
): FoundMemory[] => {
  const wanted = [...new Set(foldAccents(text).match(words) ?? [])]
  if (wanted.length === 0) return []
  return itemsThat({ queries, clientId, now }, (each) => marksIn(each, wanted) !== null)
    .slice(0, mostFound)
    .map((item) => ({ ...item, marks: marksIn(item.text, wanted) ?? [] }))
}
