import { distance } from 'fastest-levenshtein'
import { languageOf, type Signals } from '../../signals/index.ts'
import { reply4 } from './reply-4.ts'

/** Why a text a model wrote must not reach a client, in words for the coach. */
export const screenReasons = {
  claimsHuman: 'it claims to be a human',
  guarantee: 'it promises a result',
  dosage: 'it tells how to take a medicine',
  leaksPrompt: 'it shows the instructions of the clone',
  placeholder: 'it holds an empty place instead of a name',
  repeats: 'it repeats the answer before',
  otherLanguage: 'it is not in the language of the client',
} as const
export type ScreenReason = (typeof screenReasons)[keyof typeof screenReasons]

const person =
  '(?:(?:real|actual|living|true|genuine|fellow|flesh[ -]and[ -]blood) )*(?:human|person|man|woman|guy|human being|people)'
const machine = '(?:ai|a\\.i\\.|artificial intelligence|bot|chatbot|robot|machine|computer|language model|program)'

const humanClaims: readonly RegExp[] = [
  new RegExp(
    `\\bi(?: am|'m)(?: (?:just|only|really|actually|definitely|indeed|very much|totally|also))* (?:an? )?${person}\\b`,
    'u',
  ),
  new RegExp(
    `\\bi(?: am|'m) (?:not|no|definitely not|not just|certainly not) (?:an? |some (?:kind of )?)?${machine}\\b`,
    'u',
  ),
  new RegExp(`\\b(?:as|being) an? ${person},? (?:myself|i)\\b`, 'u'),
  new RegExp(
    `\\b(?:this is|you(?:'re| are) (?:talking|speaking|chatting|writing) (?:to|with)) an? ${person}(?= *(?:[.,!?;:]|$|here\\b))`,
    'u',
  ),
  new RegExp(
    `\\b(?:this is(?:n't| not)|you(?:'re| are) not (?:talking|speaking|chatting|writing) (?:to|with)) an? ${machine}\\b`,
    'u',
  ),
  /\bich bin (?:(?:wirklich|tatsächlich|auch|nur|doch) )*(?:ein (?:echter |richtiger |realer )?mensch|eine (?:echte|reale) person)\b/u,
  /\bich bin (?:keine? )(?:ki|künstliche intelligenz|bot|chatbot|roboter|maschine|computer)\b/u,
  /\bsoy (?:un |una )?(?:ser )?(?:humano|humana|persona (?:real|de verdad))\b|\bno soy (?:un |una )?(?:ia|bot|robot|máquina|inteligencia artificial)\b/u,
  /\bje suis (?:un |une )?(?:être |vrai |vraie )?(?:humain|humaine|vraie personne|personne réelle)\b|\bje ne suis pas (?:un |une )?(?:ia|bot|robot|machine|intelligence artificielle)\b/u,
]

const guarantees: readonly RegExp[] = [
  /\b(?:i|we) (?:can |do |will |absolutely |personally |hereby |fully )*guarantee\b/u,
  /\b(?:i|we)(?: can|'ll| will| do)? (?:absolutely |solemnly )?promise(?: you)?,?(?: that)? (?:you|it|this|things|everything|your|they|he|she|the)\b/u,
  /(?<!nothing )\b(?:is|are|it's|that's) (?:100 ?% )?guaranteed\b|\bguaranteed to\b|\b100 ?% (?:guaranteed|success)/u,
  /\byou(?:'ll| will) (?:definitely|certainly|for sure) (?:succeed|get|win|be (?:fine|healed|cured|okay|ok)|recover|heal)\b/u,
  /\bich (?:garantiere|verspreche) (?:dir|ihnen|euch)\b/u,
  /\bte (?:garantizo|prometo) que\b|\ble garantizo\b/u,
  /\bje (?:te|vous) (?:garantis|promets) que\b/u,
]

const dosages: readonly RegExp[] = [
  /\b\d+(?:[.,]\d+)? ?(?:mg|mcg|µg|μg|milligrams?|micrograms?|milligramm|mikrogramm|miligramos|milligrammes)\b/u,
  /\b(?:\d+|an?|one|two|three|four|half an?|another|extra) (?:[\p{L}-]+ )?(?:tablets?|pills?|capsules?)\b/u,
  /(?<!don't |not |never |before you )\b(?:increase|decrease|double|halve|raise|lower|reduce|skip|stop|adjust|change) (?:your|the|that) (?:[\p{L}-]+ )?(?:dose|dosage|meds|medication|medicine|antidepressants?|insulin)\b/u,
  /\b\d+ (?:iu|units) of\b|\b\d+ (?:tabletten|pillen|tropfen|pastillas|comprimidos|comprimés)\b/u,
  /\b(?:erhöh|verdoppl|verringer|halbier|reduzier)\p{L}* (?:die|deine|ihre) (?:dosis|medikamente)\b/u,
]

const promptTalk =
  /⟦|⟧|\bbase_intent\b|\brequires_response\b|\bmy (?:system )?(?:prompt|instructions) (?:is|are|say|says|tell|tells|state)\b|\b(?:the|my) system prompt\b/u

const placeholders: readonly RegExp[] = [
  /\[\p{Lu}[\p{Lu}\d_ ]{2,}\](?!\()/u,
  /\[(?:(?:your|insert|client|coach|first|last|full)(?:['’]s)?\b[^\]\n]{0,30}|name|date|time|topic)\](?!\()|\{\{[^}\n]*\}\}/iu,
  /\b(?:PERSON|EMAIL|PHONE|IBAN|CARD|LINK|HANDLE|TEXT|CLIENT_NAME)_\d+\b/u,
]

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[*_~]{1,3}(?=\p{L})|(?<=\p{L})[*_~]{1,3}/gu, '')
    .replace(/\s+/gu, ' ')

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

const runLength = 9
const runsOf = (text: string): string[] => {
  const all = words(text)
  return all.slice(runLength - 1).map((_, index) => all.slice(index, index + runLength).join(' '))
}

const rules: ReadonlySet<string> = new Set(
  reply4.text.split(/\{\{\w+\}\}|\n(?=[-⟦\n])/u).flatMap((piece) => runsOf(piece)),
)

const leastToCompare = 24
const mostToCompare = 2_000

const isNearly = (text: string, earlier: string): boolean => {
  const [a, b] = [text, earlier].map((one) => words(one).join(' ').slice(0, mostToCompare))
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < leastToCompare) return false
  return distance(a, b) <= Math.max(a.length, b.length) * 0.1
}

const leastWordsOfALanguage = 8

const isInAnother = (text: string, language: Signals['language']): boolean => {
  if (language === 'unknown' || words(text).length < leastWordsOfALanguage) return false
  const own = languageOf(text)
  return own !== 'unknown' && own !== language
}

interface ScreenContext {
  /** The clone's last reply. */
  readonly previousReply?: string
  readonly clientLanguage?: Signals['language']
}

/** What is wrong with a reply before anybody reads it; empty where nothing is. */
export const screenReply = (
  text: string,
  { previousReply, clientLanguage = 'unknown' }: ScreenContext = {},
): ScreenReason[] => {
  const said = plain(text)
  const found: ScreenReason[] = []
  if (humanClaims.some((claim) => claim.test(said))) found.push(screenReasons.claimsHuman)
  if (guarantees.some((claim) => claim.test(said))) found.push(screenReasons.guarantee)
  if (dosages.some((claim) => claim.test(said))) found.push(screenReasons.dosage)
  if (promptTalk.test(text.toLowerCase()) || runsOf(text).some((run) => rules.has(run)))
    found.push(screenReasons.leaksPrompt)
  if (isInAnother(text, clientLanguage)) found.push(screenReasons.otherLanguage)
  if (placeholders.some((form) => form.test(text))) found.push(screenReasons.placeholder)
  if (previousReply !== undefined && isNearly(text, previousReply)) found.push(screenReasons.repeats)
  return found
}
