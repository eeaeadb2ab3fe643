import { foldAccents } from '../fold.ts'

/** A part of a message that may say one thing. Offsets point into the message. */
export interface Clause {
  /** Without accents and capitals, as long as the original. */
  readonly folded: string
  readonly start: number
  /** From here to the end of the sentence, for what a comma does not end. */
  readonly rest: string
  readonly sentence: string
  readonly sentenceStart: number
  readonly isQuestion: boolean
}

const quotation = /["“„«][^"“”„«»\n]{1,600}["”“»]/gu
const quotedLine = /^[ \t]*>.*$/gmu
/** Longer messages are read up to here; nobody says so much at once. */
const longestRead = 8_000

const blank = (match: string): string => ' '.repeat(match.length)

/** The message as rules read it: as long as it is, without accents and capitals, and without what it quotes. */
export const readable = (text: string): string =>
  foldAccents(text.slice(0, longestRead)).replace(quotation, blank).replace(quotedLine, blank)

const sentence = /[^.!?…\n;]+(?:\.(?=\d)[^.!?…\n;]+)*[.!?…;]*/gu
const joints =
  /,\s+(?:and |but |so |y |und |et |e |aber |mais |pero |mas )?|\s[–—-]\s|\s(?=(?:and|but|so|because) (?:i|i'm|i'll|i've|my|we|it|please|don't)\b)|\s(?=(?:y|pero|und|aber|et|mais|e|mas) (?:yo|no|mi|ich|mein|je|j'|ma|mon|eu|nao|minha|meu)\b)/gu

/**
 * Splits a readable text into clauses. Sentences that only suppose something, or tell what somebody else said, have none.
 * `supposes` and `reports` are a language's words for that.
 */
export const clausesOf = (text: string, { supposes, reports }: { supposes: RegExp; reports: RegExp }): Clause[] =>
  [...text.matchAll(sentence)].flatMap(({ 0: whole, index }) => {
    if (supposes.test(whole)) return []
    const reported = reports.exec(whole)
    const told = reported ? whole.slice(0, reported.index) : whole
    const isQuestion = /\?/u.test(whole)
    const ends = [...told.matchAll(joints)].map((joint) => [joint.index, joint.index + joint[0].length] as const)
    const starts = [0, ...ends.map(([, after]) => after)]
    return starts.flatMap((start, nth) => {
      const end = ends[nth]?.[0] ?? told.length
      const raw = told.slice(start, end)
      const folded = raw.replace(/^[\s,:¡¿-]+/u, '')
      const at = start + raw.length - folded.length
      return folded.trim() === ''
        ? []
        : [
            {
              folded: folded.trimEnd(),
              start: index + at,
              rest: told.slice(at).trimEnd(),
              sentence: whole,
              sentenceStart: index,
              isQuestion,
            },
          ]
    })
  })
