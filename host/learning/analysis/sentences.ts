/** One sentence as it is read: lower case, without stutters, hesitation and notes in brackets. */
export interface Sentence {
  /** As written, trimmed. */
  readonly text: string
  readonly words: readonly string[]
  /** The words without "okay", "well", "so" at their start. */
  readonly core: readonly string[]
  /** The core between single spaces, with one at each end. */
  readonly line: string
  /** All words so. */
  readonly whole: string
  readonly isAsked: boolean
  readonly isExclaimed: boolean
  readonly isLedBySo: boolean
}

/** Of a longer text the beginning and the end are read. */
const longestRead = 12_000

const hesitations: ReadonlySet<string> = new Set([
  'um',
  'umm',
  'uh',
  'uhh',
  'er',
  'erm',
  'ähm',
  'äh',
  'euh',
  'eh',
  'hã',
])

/** A name that someone is called by, or another word before a comma, as in "Sarah, stop". */
const calledBy = /^(?:\p{L}+[ ,]+){0,2}?(\p{Lu}[\p{L}\p{M}'’-]*),/u

/** Small words that open a sentence without saying anything. */
const openers: ReadonlySet<string> = new Set(
  `okay ok yeah yes yep right alright well so and but oh ah now mm mm-hmm mhm hmm hm uh-huh mmh sure great good anyway
   also then because 'cause cuz like actually
   bueno pues entonces vale y pero sí claro
   also gut und aber ja nun okay na
   alors bon donc et mais oui
   então bem bom e mas sim`
    .trim()
    .split(/\s+/),
)

const sentence = /(?:[^.!?…\n。！？؟]|\.(?=\d))+[.!?…。！？؟"”»)]*/gu

/** Splits a text into sentences. Linear in its length; any text is safe. */
export const readSentences = (text: string): readonly Sentence[] => {
  const half = longestRead / 2
  const read = text.length <= longestRead ? text : `${text.slice(0, half)}\n${text.slice(-half)}`
  return (read.match(sentence) ?? []).flatMap((one) => {
    const found = readSentence(one)
    return found.words.length > 0 ? [found] : []
  })
}

const readSentence = (raw: string): Sentence => {
  const text = raw.trim()
  const words = wordsOf(text)
  let first = 0
  while (first < words.length - 1 && openers.has(words[first] ?? '')) first += 1
  if (first < words.length - 1 && calledBy.exec(text)?.[1]?.toLowerCase() === words[first]) first += 1
  const core = words.slice(first)
  return {
    text,
    words,
    core,
    line: ` ${core.join(' ')} `,
    whole: ` ${words.join(' ')} `,
    isAsked: /[?？؟]/u.test(text.slice(-4)),
    isExclaimed: /[!！]/u.test(text.slice(-4)),
    isLedBySo: words.slice(0, Math.max(1, first)).includes('so'),
  }
}

/** Words of a text, lower case, straight apostrophes, no punctuation but hyphens and apostrophes inside. */
export const wordsOf = (text: string): readonly string[] => {
  const raw = text
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\[[^\]\n]{0,60}\]/g, ' ')
    .replace(/--+|[—–]/g, '- ')
    .match(/[\p{L}\p{N}'][\p{L}\p{M}\p{N}'-]*,?/gu)
  const words: string[] = []
  for (const one of raw ?? []) {
    const isBeforeComma = one.endsWith(',')
    const bare = one.replace(',', '')
    const isBroken = bare.endsWith('-')
    const word = withoutStutter(isBroken ? bare.slice(0, -1) : bare)
    if (word === '' || hesitations.has(word)) continue
    if (isBeforeComma && ((word === 'know' && words.at(-1) === 'you') || (word === 'mean' && words.at(-1) === 'i'))) {
      words.pop()
      continue
    }
    if (words.at(-1) === word && word.length > 1 && !numberLike.test(word)) continue
    words.push(word)
  }
  return words
}

const numberLike = /^\p{N}/u

/** "w-what", "I-I": what was meant to be said. */
const withoutStutter = (word: string): string => {
  if (!word.includes('-')) return word
  const parts = word.split('-').filter((part) => part !== '')
  const kept = parts.filter((part, at) => {
    const next = parts[at + 1]
    return next === undefined || !next.startsWith(part)
  })
  return kept.join('-')
}

/** Words that say little by themselves: repeating them is no echo. */
const small: ReadonlySet<string> = new Set(
  `a an the this that these those it its it's is are was were be been being am i i'm me my mine you you're your we our us he
   she his her him they them their and or but so if then than as of to in on at for with from by about into up down out over
   not no don't can't do does did have has had will would could should can may might just really like know think going get got
   want there here what when where who how why all some any more most very too also because well okay yeah yes right mm-hmm
   que los las por con para una del como pero más muy und der die das ich sie ist nicht mit ein eine les des une est pas pour
   que dans vous não uma com para mais`
    .trim()
    .split(/\s+/),
)

export const isContent = (word: string): boolean => word.length > 2 && !small.has(word)
