import { lastClientText } from '../../host/replies/prompt/index.ts'
import { languageOf } from '../../host/signals/index.ts'
import { type SpokenLanguage, topicIn } from './moments.ts'

/** A sentence of the stand-in, by what it does. `hedged`: as it says it unless it is told to be direct. */
interface Sentence {
  readonly does: Doing
  readonly text: string
}

const doings = [
  'greet',
  'pause',
  'grounding',
  'acknowledgement',
  'reflection',
  'normalising',
  'reframe',
  'challenge',
  'story',
  'information',
  'advice',
  'encouragement',
  'question',
  'agreeing the next step',
  'closing',
] as const
type Doing = (typeof doings)[number]

type Bank = Readonly<Record<Doing, readonly string[]>>

const hedged: Readonly<Record<SpokenLanguage, Bank>> = {
  en: {
    greet: ['Hi {name}!', 'Hello {name}!'],
    pause: ["Let's stop for a moment.", 'Pause here for a second.'],
    grounding: ['Take a slow breath and feel your feet on the floor.', 'Breathe out slowly, twice.'],
    acknowledgement: [
      "It sounds like {topic} is maybe quite hard on you, and I'm sorry about that.",
      "I'm sorry to hear that {topic} seems to weigh a bit on you.",
    ],
    reflection: ["It seems you're torn about {topic}.", "So {topic} doesn't let you go, it seems."],
    normalising: [
      "It's perhaps completely normal to feel this way, and many people go through it.",
      "Many people know this feeling, so you're probably not alone with it.",
    ],
    reframe: ["Perhaps it isn't a failure but information.", 'Maybe this also shows how much you care.'],
    challenge: [
      "I wonder if that's really the whole truth.",
      'Is it perhaps possible that you know more than you think?',
    ],
    story: ["It's a bit like learning to ride a bicycle.", "It's a little like crossing a river on stones."],
    information: ['The mind tends to avoid what looks big.', 'Tired people usually judge themselves harder.'],
    advice: [
      'Maybe you could try to set aside ten minutes for {topic} tomorrow.',
      'Perhaps you could write down the first small step for {topic}.',
    ],
    encouragement: [
      "I think you're doing really well, so just keep going! 😊",
      "I'm sure you can do this, I believe in you! 💪",
    ],
    question: ['What do you think about that?', 'How does that sound to you?'],
    'agreeing the next step': [
      "So let's agree on one step for {topic}.",
      "Let's say you take one step on {topic} this week.",
    ],
    closing: ["I'm here if you want to talk more.", 'Write to me any time.'],
  },
  de: {
    greet: ['Hi {name}!', 'Hallo {name}!'],
    pause: ['Lass uns kurz anhalten.', 'Halte hier einen Moment inne.'],
    grounding: ['Atme langsam und spüre deine Füße auf dem Boden.', 'Atme zweimal langsam aus.'],
    acknowledgement: [
      'Das klingt, als wäre das Thema {topic} vielleicht ziemlich schwer für dich, und das tut mir leid.',
      'Es tut mir leid, dass dich das Thema {topic} ein bisschen belastet.',
    ],
    reflection: [
      'Es scheint, du bist beim Thema {topic} hin und her gerissen.',
      'Das Thema {topic} lässt dich wohl nicht los.',
    ],
    normalising: [
      'Das ist vielleicht ganz normal, und viele Menschen erleben es.',
      'Viele kennen dieses Gefühl, du bist damit wahrscheinlich nicht allein.',
    ],
    reframe: [
      'Vielleicht ist es kein Scheitern, sondern ein Hinweis.',
      'Vielleicht zeigt das auch, wie wichtig es dir ist.',
    ],
    challenge: [
      'Ich frage mich, ob das wirklich die ganze Wahrheit ist.',
      'Kann es sein, dass du mehr weißt, als du denkst?',
    ],
    story: [
      'Es ist ein bisschen wie Fahrradfahren lernen.',
      'Es ist ein wenig, wie auf Steinen über einen Fluss zu gehen.',
    ],
    information: ['Der Kopf meidet, was groß aussieht.', 'Wer müde ist, urteilt härter über sich.'],
    advice: [
      'Vielleicht könntest du dir morgen zehn Minuten für das Thema {topic} nehmen.',
      'Eventuell könntest du den ersten kleinen Schritt beim Thema {topic} aufschreiben.',
    ],
    encouragement: [
      'Ich glaube, du machst das wirklich gut, also weiter so! 😊',
      'Ich bin sicher, du schaffst das! 💪',
    ],
    question: ['Was denkst du darüber?', 'Wie klingt das für dich?'],
    'agreeing the next step': [
      'Also machen wir einen Schritt beim Thema {topic} aus.',
      'Sagen wir, du machst diese Woche einen Schritt beim Thema {topic}.',
    ],
    closing: ['Ich bin da, wenn du mehr reden willst.', 'Schreib mir jederzeit.'],
  },
}

/** What the stand-in writes where nothing tells it otherwise. */
const usual: readonly Doing[] = ['greet', 'acknowledgement', 'normalising', 'advice', 'encouragement', 'closing']
/** What it keeps longest where it is told to be shorter. */
const weight: readonly Doing[] = [
  'question',
  'pause',
  'grounding',
  'reframe',
  'challenge',
  'advice',
  'acknowledgement',
  'reflection',
  'agreeing the next step',
  'story',
  'normalising',
  'encouragement',
  'information',
  'closing',
  'greet',
]

const unhedge = (text: string): string =>
  text
    .replace(/^(?:Maybe|Perhaps) you could (?:try to )?(\p{L})/u, (_, letter: string) => letter.toUpperCase())
    .replace(/^(?:Vielleicht|Eventuell) könntest du /u, 'Du kannst ')
    .replace(/^I think you're/u, "You're")
    .replace(/^Ich glaube, du/u, 'Du')
    .replace(/ (?:maybe|perhaps|probably|just|vielleicht|wahrscheinlich|wohl)(?= )/gu, '')
    .replace(/ (?:a bit|a little|quite|it seems|ein bisschen|ein wenig|ziemlich)(?=[ ,.])/gu, '')
    .replace(/^(?:Perhaps|Maybe|Vielleicht) (\p{L})/u, (_, letter: string) => letter.toUpperCase())

const longForms: readonly (readonly [RegExp, string])[] = [
  [/\b(I|i)'m\b/gu, '$1 am'],
  [/\b(It|it|that|That)'s\b/gu, '$1 is'],
  [/\b(Let|let)'s\b/gu, '$1 us'],
  [/\b(You|you)'re\b/gu, '$1 are'],
  [/\bdoesn't\b/gu, 'does not'],
  [/\bisn't\b/gu, 'is not'],
]
const expand = (text: string): string => longForms.reduce((done, [short, long]) => done.replace(short, long), text)
const withoutEmoji = (text: string): string => text.replace(/\s*\p{Extended_Pictographic}\uFE0F?/gu, '')

/** The lines under a heading of the prompt that tells what was learned. */
const learnedLines = (system: string): string[] =>
  [...system.matchAll(/⟦((?:learned|phrases|what|taught)[^⟧]*)⟧\n([\s\S]*?)\n⟦\/\1⟧/gu)].flatMap(([, , block = '']) =>
    block.split('\n').map((line) => line.replace(/^- /u, '')),
  )

export const phrasesIn = (line: string): string[] => [...line.matchAll(/“([^”]+)”/gu)].map(([, phrase = '']) => phrase)

/** A number below one that a text always gives: what a model would vary, without chance. */
const shareOf = (text: string): number => {
  let sum = 7
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return (sum % 1_000) / 1_000
}

const doingsIn = (words: string): Doing[] =>
  words
    .toLowerCase()
    .split(', ')
    .flatMap((word) =>
      word === 'one question' || word === 'questions' ? ['question' as const] : doings.filter((one) => one === word),
    )

/** What is said to be done in such moments; the first line that says so is trusted most. */
const structureIn = (lines: readonly string[]): Doing[] => {
  for (const line of lines) {
    if (/not again:/u.test(line)) continue
    const words = /^In [^:]+: ([^.]+)\. Taken well|usually goes: ([^.]+)\.|was taken well: ([^.]+)\./u.exec(line)
    const found = doingsIn(words?.[1] ?? words?.[2] ?? words?.[3] ?? '')
    if (found.length > 0) return found
  }
  return []
}

const asSentence = (phrase: string): string => {
  const plain = phrase.trim()
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.!?…]$/u.test(plain) ? '' : '.'}`
}

const isQuoting = (line: string): boolean => /^Where it fits, say/u.test(line)

/**
 * A reply of a model that knows nothing but its instructions: a general answer in its own words, changed as the lines of
 * the prompt ask that tell what was learned. `isTaught`: false, it does not read them.
 */
export const standInReply = (
  request: { readonly system: string; readonly messages: readonly { readonly content: string }[] },
  isTaught: boolean,
): { reply: string; phrases: readonly string[] } => {
  const lines = isTaught ? learnedLines(request.system) : []
  const asks = (start: RegExp): boolean => lines.some((line) => start.test(line))
  const said = lastClientText(request.messages)
  const language: SpokenLanguage = languageOf(said) === 'de' ? 'de' : 'en'
  const topic = topicIn(said) ?? (language === 'de' ? 'das' : 'this')
  const name = /⟦name of the client⟧\n(\S+)/u.exec(request.system)?.[1] ?? ''
  const share = shareOf(said)
  const write = (does: Doing, which = 0): Sentence => {
    const variants = hedged[language][does]
    const text = variants[(Math.floor(share * 10) + which) % variants.length] ?? ''
    return { does, text: text.replace('{topic}', topic).replace('{name}', name) }
  }
  const style = lines.find((line) => /^.+ is (?:empathetic|direct|analytical|playful|challenging), /u.test(line)) ?? ''
  const structure = structureIn(lines)

  let plan: Doing[] = structure.length > 0 ? structure : [...usual]
  const leaveOut = (does: Doing): void => {
    plan = plan.filter((one) => one !== does)
  }
  const endWithQuestion = (): void => {
    leaveOut('question')
    plan.push('question')
  }
  if (/uses a picture or comparison in (\d+) %/u.test(style) && !plan.includes('story')) {
    if (share * 100 < Number(/in (\d+) % of/u.exec(style)?.[1] ?? 0)) plan.splice(plan.length - 1, 0, 'story')
  }
  if (/asks few questions/u.test(style) && structure.length === 0) leaveOut('question')
  if (/asks one question at a time/u.test(style) && structure.length === 0) endWithQuestion()
  if (asks(/^Begin with a short greeting/u) && !plan.includes('greet')) plan.unshift('greet')
  if (asks(/^Begin without a greeting/u)) leaveOut('greet')
  if (asks(/^Warmer:/u) && !plan.includes('acknowledgement'))
    plan.splice(plan[0] === 'greet' ? 1 : 0, 0, 'acknowledgement')
  if (asks(/^Name one small thing/u) && !plan.includes('advice')) plan.push('advice')
  if (asks(/^Give no advice/u)) leaveOut('advice')
  if (asks(/^Ask no question/u)) leaveOut('question')
  if (asks(/^End with one question/u)) endWithQuestion()
  if (asks(/^Longer:/u)) plan.splice(plan.length - 1, 0, plan.includes('reflection') ? 'information' : 'reflection')
  const most = Number(lines.map((line) => /^Shorter: about (\d+) words/u.exec(line)?.[1]).find(Boolean) ?? 0)

  const isDirect = asks(/^More direct:/u) || / is direct, /u.test(style)
  const isFormal = asks(/^More formal:/u) || (/, professional, /u.test(style) && !asks(/^More casual:/u))
  const isPlain = asks(/^No emoji/u)
  const shaped = (text: string): string => {
    const direct = isDirect ? unhedge(text) : text
    const formal = isFormal ? expand(direct) : direct
    return isPlain ? withoutEmoji(formal) : formal
  }
  const never = lines.filter((line) => /^Never say/u.test(line)).flatMap(phrasesIn)
  const holdsForbidden = (text: string): boolean =>
    never.some((phrase) => text.toLowerCase().includes(phrase.toLowerCase()))
  const sentences = plan.flatMap((does) =>
    [0, 1]
      .map((which) => ({ does, text: shaped(write(does, which).text) }))
      .filter(({ text }) => !holdsForbidden(text))
      .slice(0, 1),
  )
  if (most > 0) {
    // As many as fit, the weightier first; at least one.
    let words = 0
    const fitting = sentences
      .toSorted((a, b) => weight.indexOf(a.does) - weight.indexOf(b.does))
      .filter(({ text }, index) => {
        words += text.split(' ').length
        return index === 0 || words <= most
      })
    sentences.splice(0, sentences.length, ...sentences.filter((one) => fitting.includes(one)))
  }

  // Of the phrases one at most: what it is told to say goes first, then what worked, then what it may.
  const offered = [
    ...lines.filter(isQuoting).flatMap(phrasesIn),
    ...lines.filter((line) => /Words that worked:/u.test(line)).flatMap(phrasesIn),
    ...(share < 0.5 ? lines.filter((line) => /^“[^”]+”$/u.test(line)).flatMap(phrasesIn) : []),
  ].filter((phrase) => !holdsForbidden(phrase))
  const [phrase] = offered
  if (phrase !== undefined) {
    const at = sentences.at(-1)?.does === 'question' ? sentences.length - 1 : sentences.length
    sentences.splice(at, 0, { does: 'closing', text: asSentence(phrase) })
  }
  const opening = /often opens like “([^”]+)”/u.exec(style)?.[1]
  if (opening !== undefined && share < 0.5 && !holdsForbidden(opening) && opening !== phrase)
    sentences.splice(sentences[0]?.does === 'greet' ? 1 : 0, 0, { does: 'acknowledgement', text: asSentence(opening) })
  const reply = sentences.map(({ text }) => text).join(' ')
  return { reply: reply === '' ? write('acknowledgement').text : reply, phrases: lines.flatMap(phrasesIn) }
}
