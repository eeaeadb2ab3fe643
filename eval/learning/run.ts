import type { ReplyRequest } from '../../host/ai/index.ts'
import { editDistance } from '../../host/learning/index.ts'
import { seededRandom } from '../../tests/soak/random.ts'
import { chanceOf, type SimulatedCoach } from './coaches.ts'
import { type Answering, openSimulatedDesk } from './desk.ts'
import { answersToCoach, type Moment, momentOf } from './moments.ts'
import { standInReply } from './standIn.ts'

export const paths = ['stand_in_model', 'no_model'] as const
export type Path = (typeof paths)[number]

/** One draft, and what the coach made of it. Distances are normalised, 0 to 1. */
export interface Interaction {
  readonly path: Path
  readonly coach: string
  readonly seed: number
  /** From 1. */
  readonly index: number
  readonly situation: string
  readonly clientId: string
  readonly draft: string
  readonly sent: string
  readonly distance: number
  /** The same moment where nothing was learned: the draft there would have been, and how far it is from what they'd send. */
  readonly unlearnedDraft: string
  readonly unlearnedDistance: number
  /** A phrase that was offered is in the draft, and was in one of the last six to this client. */
  readonly isRepeating: boolean
  /** Any whole sentence of the draft was in one of the last six to this client. */
  readonly repeatsSentence: boolean
  readonly unlearnedRepeatsSentence: boolean
}

const interactions = 200
/** Every so many moments the coach takes over before the clone drafts. */
const takeOverEvery = 9
const lastDrafts = 6

const folded = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `

const sentencesIn = (text: string): string[] =>
  text
    .split(/[.!?…]+/u)
    .map(folded)
    .filter((sentence) => sentence.trim().split(' ').length >= 3)

const isIn = (wanted: readonly string[], earlier: readonly string[], text: string): boolean =>
  wanted.some((part) => folded(text).includes(part) && earlier.some((one) => folded(one).includes(part)))

const reactionOf = (random: () => number, { client }: Moment): string => {
  const at = random()
  return answersToCoach[at < 0.75 ? 'good' : at < 0.9 ? 'soso' : 'bad'][client.language]
}

/** One coach works with the clone until 200 drafts have been decided about. */
export const simulate = async (coach: SimulatedCoach, seed: number, path: Path): Promise<Interaction[]> => {
  const random = seededRandom(seed)
  let asked: ReplyRequest | null = null
  let offered: readonly string[] = []
  const answering: Answering = (request) => {
    asked = request
    const { reply, phrases } = standInReply(request, true)
    offered = phrases
    return reply
  }
  const desk = openSimulatedDesk(path === 'no_model' ? null : answering)
  const done: Interaction[] = []
  const everOffered = new Set<string>()
  const earlier = new Map<string, { drafts: string[]; unlearned: string[] }>()
  try {
    for (let moments = 1; done.length < interactions; moments += 1) {
      const moment = momentOf(random)
      const chance = chanceOf(random, moment.client.language)
      const reaction = reactionOf(random, moment)
      const takesOver = moments % takeOverEvery === 0
      asked = null
      offered = []
      if (takesOver) desk.clientWrites(moment)
      const draft = takesOver ? null : await desk.draftFor(moment)
      if (draft === null) {
        await desk.intervene(moment, coach.write(moment, chance), reaction)
        // Without a model there is no draft before there is a case: the coach wrote all of it.
        if (takesOver || path === 'stand_in_model') continue
      }
      const unlearnedDraft = asked === null ? '' : standInReply(asked, false).reply
      const text = draft?.text ?? ''
      const sent = draft === null ? coach.write(moment, chance) : coach.edit(text, moment, chance)
      const unlearnedSent = asked === null ? sent : coach.edit(unlearnedDraft, moment, chance)
      if (draft !== null) await desk.sendDraft(draft.id, sent)
      for (const phrase of offered) everOffered.add(folded(phrase))
      const before = earlier.get(moment.client.id) ?? { drafts: [], unlearned: [] }
      done.push({
        path,
        coach: coach.name,
        seed,
        index: done.length + 1,
        situation: moment.kind,
        clientId: moment.client.id,
        draft: text,
        sent,
        distance: editDistance(text, sent),
        unlearnedDraft,
        unlearnedDistance: editDistance(unlearnedDraft, unlearnedSent),
        isRepeating: isIn([...everOffered], before.drafts, text),
        repeatsSentence: isIn(sentencesIn(text), before.drafts, text),
        unlearnedRepeatsSentence: isIn(sentencesIn(unlearnedDraft), before.unlearned, unlearnedDraft),
      })
      earlier.set(moment.client.id, {
        drafts: [...before.drafts, text].slice(-lastDrafts),
        unlearned: [...before.unlearned, unlearnedDraft].slice(-lastDrafts),
      })
    }
    return done
  } finally {
    desk.close()
  }
}
