import type { Moment, MomentKind, SpokenLanguage } from './moments.ts'
import { pickFrom, topicIn } from './moments.ts'

/**
 * Coaches with preferences that nobody tells the clone. What they do to a draft is fixed; chance comes from the seed alone
 * and is the same whether the clone learns or not.
 */
export interface SimulatedCoach {
  readonly name: string
  /** What they make of a draft. */
  edit(draft: string, moment: Moment, chance: Chance): string
  /** What they write where they take over, or where there is no draft. */
  write(moment: Moment, chance: Chance): string
}

/** What happens to one moment by chance, drawn before the draft is seen. */
export interface Chance {
  /** They send it as it is. */
  readonly isInAHurry: boolean
  /** They say something that no rule explains. */
  readonly remark: string | null
  /** 0 to 1: which of several wordings they take. */
  readonly wording: number
}

type Words = Readonly<Record<SpokenLanguage, readonly string[]>>

const hurried = 0.05
const remarking = 0.12
const remarks: Words = {
  en: [
    'By the way, I am travelling until Thursday.',
    'I thought of you when I read the paper this morning.',
    'Remember what you told me in spring.',
    'Bring your notebook next time.',
    'We can look at it together on Monday.',
  ],
  de: [
    'Übrigens bin ich bis Donnerstag unterwegs.',
    'Ich habe heute früh beim Zeitunglesen an dich gedacht.',
    'Denk an das, was du mir im Frühling erzählt hast.',
    'Bring beim nächsten Mal dein Heft mit.',
    'Wir können es am Montag zusammen ansehen.',
  ],
}

export const chanceOf = (random: () => number, language: SpokenLanguage): Chance => {
  const [hurry, remark, which, wording] = [random(), random(), random(), random()]
  return {
    isInAHurry: hurry < hurried,
    remark: remark < remarking ? pickFrom(remarks[language], () => which, '') : null,
    wording,
  }
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+(?=[^\s\p{Extended_Pictographic}])|(?<=[.!?…]\s\p{Extended_Pictographic}\uFE0F?)\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')

const greets = (sentence: string): boolean => /^(?:hi|hello|hey|dear|hallo|liebe[r]?)\b[^.?]*[!,.]?$/iu.test(sentence)
const asks = (sentence: string): boolean => /\?\P{L}*$/u.test(sentence)
const advises = (sentence: string): boolean =>
  /\b(?:you could|you can|try to|set aside|write down|pick one|take one step|du könntest|du kannst|nimm dir|schreib(?:e)? (?:auf|den)|aufschreiben)\b/iu.test(
    sentence,
  )
const feels = (sentence: string): boolean =>
  /\b(?:sounds|sorry|i hear|i can feel|weigh|klingt|tut mir leid|ich höre|belastet)\b/iu.test(sentence)

const withoutEmoji = (text: string): string => text.replace(/\s*\p{Extended_Pictographic}\uFE0F?/gu, '')
const withoutExclamation = (text: string): string => text.replace(/!/gu, '.')
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const withoutHedges = (sentence: string): string =>
  upper(
    sentence
      .replace(/\b(?:maybe|perhaps) you could (?:try to )?/iu, '')
      .replace(/\b(?:vielleicht|eventuell) könntest du /iu, 'du kannst ')
      .replace(/^(?:i think|ich glaube),? /iu, '')
      .replace(
        /\b(?:maybe|perhaps|probably|just|a bit|a little|quite|vielleicht|wahrscheinlich|ein bisschen|ziemlich) /giu,
        '',
      ),
  )

const longForms: readonly (readonly [RegExp, string])[] = [
  [/\b(i)'m\b/giu, '$1 am'],
  [/\b(it|that)'s\b/giu, '$1 is'],
  [/\b(let)'s\b/giu, '$1 us'],
  [/\b(you)'re\b/giu, '$1 are'],
  [/\bdoesn't\b/giu, 'does not'],
  [/\bisn't\b/giu, 'is not'],
]
const inFull = (text: string): string => longForms.reduce((done, [short, long]) => done.replace(short, long), text)

const said = (words: Words, { client, topic }: Moment, wording: number): string =>
  pickFrom(words[client.language], () => wording, '')
    .replace('{topic}', topic)
    .replace('{name}', client.name.split(' ')[0] ?? '')

/** A draft about something else is put right: another topic is exchanged, a missing one is named first. */
const aboutTheTopic = (sentences: readonly string[], moment: Moment, own: string): string[] => {
  const { topic } = moment
  const right = sentences.map((sentence) => {
    const other = topicIn(sentence)
    return other === null || other === topic ? sentence : sentence.replace(new RegExp(other, 'iu'), topic)
  })
  if (right.some((sentence) => topicIn(sentence) === topic)) return right
  const first = right.findIndex((sentence) => !greets(sentence))
  return [...right.slice(0, Math.max(0, first)), own, ...right.slice(Math.max(0, first) + 1)]
}

const finish = (sentences: readonly string[], { remark }: Chance): string =>
  [...sentences, ...(remark === null ? [] : [remark])].join(' ')

const isMoment = (moment: Moment, kind: MomentKind): boolean => moment.kind === kind
const isClient = (moment: Moment, id: string): boolean => moment.client.id === id

const steps: Words = {
  en: ['Pick one hour for {topic} today.', 'Write down the first step for {topic}, nothing else.'],
  de: [
    'Nimm dir heute eine Stunde für das Thema {topic}.',
    'Schreib den ersten Schritt beim Thema {topic} auf, sonst nichts.',
  ],
}
const wellDone: Words = { en: ['Well done.'], de: ['Gut gemacht.'] }
const shortQuestion: Words = { en: ['When do you start?'], de: ['Wann fängst du an?'] }

/**
 * Short and direct: no greeting, no emoji, nothing that takes a step back, no talk about feelings except in a conflict, one
 * step to take, two sentences, no question. With Ben a question at the end; at progress "Well done." first.
 */
const brief: SimulatedCoach = {
  name: 'brief',
  edit: (draft, moment, chance) => {
    if (chance.isInAHurry) return draft
    const own = said(steps, moment, chance.wording)
    const kept = aboutTheTopic(sentencesOf(draft), moment, own)
      .filter((sentence) => !greets(sentence) && !asks(sentence))
      .filter((sentence) => isMoment(moment, 'relationship_conflict') || !feels(sentence))
      .map((sentence) => withoutExclamation(withoutHedges(withoutEmoji(sentence))))
    const step = kept.find(advises) ?? own
    const others = kept.filter((sentence) => sentence !== step && !/well done|gut gemacht/iu.test(sentence)).slice(0, 1)
    const isProgress = isMoment(moment, 'progress')
    const statements = isProgress ? [said(wellDone, moment, 0), step] : [...others, step]
    const last = isClient(moment, 'client-ben') ? [said(shortQuestion, moment, 0)] : []
    return finish([...statements, ...last], chance)
  },
  write: (moment, chance) => {
    const stop = moment.client.language === 'de' ? 'Stopp. Atme einmal durch.' : 'Stop. Take a breath.'
    return finish([stop, said(steps, moment, chance.wording)], chance)
  },
}

const warmth: Words = {
  en: ['I hear you, and {topic} asks a lot of you.', 'I hear you, {topic} has been heavy.'],
  de: ['Ich höre dich, das Thema {topic} verlangt dir viel ab.', 'Ich höre dich, das Thema {topic} war schwer.'],
}
const openQuestions: Words = {
  en: ['What would feel kind to you right now?', 'What does this bring up in you?'],
  de: ['Was würde dir jetzt guttun?', 'Was löst das in dir aus?'],
}
const comfort: Words = {
  en: ["It makes sense that this touches you, and you don't have to carry it alone."],
  de: ['Es ist verständlich, dass dich das berührt, und du musst es nicht allein tragen.'],
}
const shortAdvice: Words = {
  en: ['Write down the three things that matter most about {topic}.'],
  de: ['Schreib die drei Dinge auf, die dir beim Thema {topic} wichtig sind.'],
}

/**
 * Warm: hears them first, gives no advice, ends with one open question, keeps the emoji. Who asks for advice gets one
 * thing to do; with Ivy there is no emoji.
 */
const warm: SimulatedCoach = {
  name: 'warm',
  edit: (draft, moment, chance) => {
    if (chance.isInAHurry) return draft
    const own = said(warmth, moment, chance.wording)
    const wantsAdvice = isMoment(moment, 'seeking_advice')
    const all = aboutTheTopic(sentencesOf(draft), moment, own)
    const question = all.findLast(asks) ?? said(openQuestions, moment, chance.wording)
    const kept = all.filter((sentence) => !asks(sentence) && (wantsAdvice || !advises(sentence)))
    const at = kept.findIndex((sentence) => !greets(sentence))
    const isWarm = kept.slice(0, at + 2).some(feels)
    const heard = isWarm ? kept : [...kept.slice(0, Math.max(0, at)), own, ...kept.slice(Math.max(0, at))]
    const advice = wantsAdvice && !heard.some(advises) ? [said(shortAdvice, moment, 0)] : []
    const done = [...heard, ...advice, question]
    return finish(isClient(moment, 'client-ivy') ? done.map(withoutEmoji) : done, chance)
  },
  write: (moment, chance) =>
    finish(
      [said(warmth, moment, chance.wording), said(comfort, moment, 0), said(openQuestions, moment, chance.wording)],
      chance,
    ),
}

const salutation: Words = { en: ['Dear {name}.'], de: ['Liebe {name}.'] }
const images: Readonly<Partial<Record<MomentKind, Words>>> & { readonly progress: Words } = {
  procrastination: { en: ['A house is built one stone at a time.'], de: ['Ein Haus baut man Stein für Stein.'] },
  self_doubt: { en: ['Even a tall tree bends in the wind.'], de: ['Auch ein hoher Baum biegt sich im Wind.'] },
  setback: { en: ['Every river finds its way around the rock.'], de: ['Jeder Fluss findet seinen Weg um den Fels.'] },
  progress: { en: ['A garden grows while nobody watches.'], de: ['Ein Garten wächst, während niemand hinsieht.'] },
}
const lastWords: Words = { en: ['One step, and then the next.'], de: ['Ein Schritt, und dann der nächste.'] }
const acknowledgement: Words = {
  en: ['You write to me about {topic}, and I take it seriously.'],
  de: ['Du schreibst mir über das Thema {topic}, und ich nehme es ernst.'],
}

/**
 * Formal, in pictures: a salutation, whole words, no emoji and no exclamation mark, a picture that belongs to the moment,
 * and always the same last words. With Sam no salutation; in a conflict no picture.
 */
const formal: SimulatedCoach = {
  name: 'formal',
  edit: (draft, moment, chance) => {
    if (chance.isInAHurry) return draft
    const last = said(lastWords, moment, 0)
    const picture = isMoment(moment, 'relationship_conflict')
      ? null
      : said(images[moment.kind] ?? images.progress, moment, 0)
    const kept = aboutTheTopic(sentencesOf(draft), moment, said(acknowledgement, moment, 0))
      .filter((sentence) => !greets(sentence) && sentence !== last && sentence !== picture)
      .map((sentence) => withoutExclamation(inFull(withoutEmoji(sentence))))
    const first = isClient(moment, 'client-sam') ? [] : [said(salutation, moment, 0)]
    return finish([...first, ...kept, ...(picture === null ? [] : [picture]), last], chance)
  },
  write: (moment, chance) =>
    finish(
      [
        ...(isClient(moment, 'client-sam') ? [] : [said(salutation, moment, 0)]),
        said(acknowledgement, moment, 0),
        said(images[moment.kind] ?? images.progress, moment, 0),
        said(lastWords, moment, 0),
      ],
      chance,
    ),
}

export const simulatedCoaches: readonly SimulatedCoach[] = [brief, warm, formal]
