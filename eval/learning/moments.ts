/** Made-up moments of made-up clients: what they write, by what it is about, and the words of each topic. */

export type SpokenLanguage = 'en' | 'de'

export const momentKinds = [
  'procrastination',
  'self_doubt',
  'relationship_conflict',
  'setback',
  'loss_of_motivation',
  'seeking_advice',
  'progress',
] as const
export type MomentKind = (typeof momentKinds)[number]

/** `{topic}` is what it is about. */
const wordings: Readonly<Record<SpokenLanguage, Readonly<Record<MomentKind, readonly string[]>>>> = {
  en: {
    procrastination: [
      'I keep putting off {topic}. Today again.',
      'Once more I am putting off {topic}, and I procrastinate all evening.',
    ],
    self_doubt: [
      'I doubt myself because of {topic}. Maybe I am not good enough.',
      'With {topic} I feel like an impostor and I doubt myself.',
    ],
    relationship_conflict: [
      'I had a fight with my sister about {topic} again.',
      'My husband and I had a fight because of {topic}.',
    ],
    setback: [
      'I failed again with {topic}. All the work for nothing.',
      'It was a setback: I failed at {topic} once more.',
    ],
    loss_of_motivation: [
      'I have no motivation for {topic} any more.',
      'I have lost all motivation for {topic}, it feels empty.',
    ],
    seeking_advice: ['What should I do about {topic}?', 'Do you have any advice for me about {topic}?'],
    progress: ['I made real progress with {topic} this week!', 'Small news: I made progress with {topic}.'],
  },
  de: {
    procrastination: [
      'Ich prokrastiniere wieder bei {topic}.',
      'Ich habe es schon wieder aufgeschoben, es geht um {topic}. Ich prokrastiniere nur noch.',
    ],
    self_doubt: [
      'Ich zweifle an mir wegen {topic}. Vielleicht bin ich nicht gut genug.',
      'Es geht um {topic}, und ich zweifle sehr an mir.',
    ],
    relationship_conflict: [
      'Ich habe mich wieder mit meiner Schwester gestritten, es ging um {topic}.',
      'Mein Mann und ich haben uns gestritten, Thema war {topic}.',
    ],
    setback: ['Ich bin wieder gescheitert, mit {topic}.', 'Ein Rückschlag bei {topic}: ich bin gescheitert.'],
    loss_of_motivation: [
      'Ich habe keine Motivation mehr für {topic}.',
      'Meine Motivation für {topic} ist weg, ich habe keine Motivation mehr.',
    ],
    seeking_advice: [
      'Was soll ich tun? Es geht um {topic}. Was rätst du mir?',
      'Hast du einen Rat für mich zu {topic}?',
    ],
    progress: [
      'Ich habe Fortschritte gemacht bei {topic}!',
      'Kleine Neuigkeit: ich habe echte Fortschritte gemacht mit {topic}.',
    ],
  },
}

const topics: Readonly<Record<SpokenLanguage, readonly string[]>> = {
  en: [
    'the report',
    'the exam',
    'the flat',
    'the running plan',
    'the budget',
    'the thesis',
    'the garden',
    'the course',
  ],
  de: ['Bericht', 'Prüfung', 'Wohnung', 'Laufplan', 'Umzug', 'Masterarbeit', 'Garten', 'Sprachkurs'],
}

export const clientsOfSimulation = [
  { id: 'client-mia', name: 'Mia Larsen', language: 'en' },
  { id: 'client-ben', name: 'Ben Okoro', language: 'en' },
  { id: 'client-ivy', name: 'Ivy Tanaka', language: 'en' },
  { id: 'client-sam', name: 'Sam Reyes', language: 'en' },
  { id: 'client-zoe', name: 'Zoe Marsh', language: 'en' },
  { id: 'client-lena', name: 'Lena Vogt', language: 'de' },
] as const
export type SimulatedClient = (typeof clientsOfSimulation)[number]

export interface Moment {
  readonly client: SimulatedClient
  readonly kind: MomentKind
  readonly topic: string
  readonly text: string
}

export const pickFrom = <Item>(items: readonly Item[], random: () => number, otherwise: Item): Item =>
  items[Math.floor(random() * items.length)] ?? otherwise

export const momentOf = (random: () => number): Moment => {
  const client = pickFrom(clientsOfSimulation, random, clientsOfSimulation[0])
  const kind = pickFrom(momentKinds, random, 'procrastination')
  const topic = pickFrom(topics[client.language], random, '')
  const text = pickFrom(wordings[client.language][kind], random, '').replace('{topic}', topic)
  return { client, kind, topic, text }
}

/** The topic that a text names last; null where it names none. */
export const topicIn = (text: string): string | null =>
  [...topics.en, ...topics.de].findLast((topic) => text.toLowerCase().includes(topic.toLowerCase())) ?? null

/** What a client answers to a takeover. */
export const answersToCoach = {
  good: { en: 'Thank you, that helps. I feel calmer now.', de: 'Danke, das hilft mir. Ich bin jetzt ruhiger.' },
  soso: { en: 'ok', de: 'ok' },
  bad: { en: 'No, that does not help me at all.', de: 'Nein, das hilft mir gar nicht.' },
} as const
