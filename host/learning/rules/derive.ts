import type { ChangeKind } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import type { DraftTrait } from '../drafts/index.ts'
import { always, forClient, forSituation, type Reach, ruleIdOf } from './keys.ts'
import { leastEdits, leastElsewhere, leastToPropose, lookBack, majoritySureness, sureness } from './majority.ts'
import { opposites } from './opposites.ts'

/** A draft that was sent, edited or not. */
export interface JudgedDraft {
  readonly id: string
  readonly clientId: string
  readonly situation: Situation
  readonly kinds: ReadonlySet<ChangeKind>
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly kept: readonly string[]
  readonly has: ReadonlySet<DraftTrait>
  /** Ids of the rules its reply was given. */
  readonly given: ReadonlySet<string>
  /** Milliseconds UTC. */
  readonly at: number
}

export interface DerivedRule extends Reach {
  readonly kind: ChangeKind
  readonly detail: string
  readonly isSure: boolean
  readonly seen: readonly JudgedDraft[]
  readonly timesAgainst: number
}

interface Tally {
  readonly seen: readonly JudgedDraft[]
  readonly against: number
}

interface Wish {
  readonly kind: ChangeKind
  readonly detail: string
  /** The id of its rule; worked out once for all the drafts that are asked about. */
  readonly idOf: (reach: Reach) => string
}

const wishOf = (kind: ChangeKind, detail: string): Wish => {
  const known = new Map<string, string>()
  const idOf = (reach: Reach): string => {
    const whom = reach.clientId ?? reach.situation ?? ''
    const id = known.get(whom) ?? ruleIdOf({ ...reach, kind, detail })
    known.set(whom, id)
    return id
  }
  return { kind, detail, idOf }
}

type Says = 'for' | 'against' | 'nothing'

/** A draft without an emoji cannot have one taken out, and says nothing about it. */
const takenOutOf: Readonly<Partial<Record<ChangeKind, DraftTrait>>> = {
  question_removed: 'question',
  advice_removed: 'advice',
  greeting_removed: 'greeting',
  emoji_removed: 'emoji',
}
const putInto: Readonly<Partial<Record<ChangeKind, DraftTrait>>> = { greeting_added: 'greeting' }

const phraseSays = ({ kind, detail }: Wish, draft: JudgedDraft): Says => {
  const [wished, unwished] = kind === 'phrase_added' ? [draft.added, draft.removed] : [draft.removed, draft.added]
  if (wished.includes(detail)) return 'for'
  if (unwished.includes(detail)) return 'against'
  const isThere = draft.kept.includes(detail)
  return isThere === (kind === 'phrase_removed') ? 'against' : 'nothing'
}

const says = (wish: Wish, draft: JudgedDraft): Says => {
  if (wish.detail !== '') return phraseSays(wish, draft)
  if (draft.kinds.has(wish.kind)) return 'for'
  const opposite = opposites[wish.kind]
  if (opposite !== undefined && draft.kinds.has(opposite)) return 'against'
  const [needed, there] = [takenOutOf[wish.kind], putInto[wish.kind]]
  if (needed !== undefined && !draft.has.has(needed)) return 'nothing'
  if (there !== undefined && draft.has.has(there)) return 'nothing'
  return 'against'
}

/** Where the reply was written by the very rule, no edit is what the rule is for, and speaks neither for nor against it. */
const wasGiven = (wish: Wish, { given, clientId, situation }: JudgedDraft): boolean =>
  given.size > 0 && [forClient(clientId), forSituation(situation), always].some((reach) => given.has(wish.idOf(reach)))

const isOpposed = (wish: Wish, draft: JudgedDraft): boolean => {
  const opposite = opposites[wish.kind]
  return (
    (opposite !== undefined && wish.detail === '' && draft.kinds.has(opposite)) ||
    (wish.kind === 'phrase_added' ? draft.removed : draft.added).includes(wish.detail)
  )
}

/** Counts the newest drafts that say anything; `drafts` come newest first. */
const tally = (wish: Wish, drafts: readonly JudgedDraft[]): Tally => {
  const seen: JudgedDraft[] = []
  let against = 0
  for (const draft of drafts) {
    if (seen.length + against === lookBack) break
    const said = says(wish, draft)
    if (said === 'for') seen.push(draft)
    else if (said === 'against' && (isOpposed(wish, draft) || !wasGiven(wish, draft))) against += 1
  }
  return { seen, against }
}

const isSure = ({ seen, against }: Tally): boolean =>
  seen.length >= leastEdits && majoritySureness(seen.length, against) >= sureness

const isLikely = ({ seen, against }: Tally): boolean => seen.length >= leastToPropose && seen.length >= against

const busiest = (values: readonly string[]): string | undefined => {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return [...times].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0]
}

/** A wider rule has to hold elsewhere too, or the one client, or the one situation, explains it. */
const holdsElsewhere = (
  wish: Wish,
  drafts: readonly JudgedDraft[],
  { seen }: Tally,
  part: (draft: JudgedDraft) => string | null,
): boolean => {
  const most = busiest(seen.map(part).filter((one) => one !== null))
  if (most === undefined) return true
  const elsewhere = tally(
    wish,
    drafts.filter((draft) => part(draft) !== most),
  )
  return elsewhere.seen.length >= leastElsewhere && elsewhere.seen.length > elsewhere.against
}

const clientOf = ({ clientId }: JudgedDraft): string => clientId
/** `other` is no situation that a rule could be about. */
const situationOf = ({ situation }: JudgedDraft): Situation | null => (situation === 'other' ? null : situation)

const clientsIn = ({ seen }: Tally): number => new Set(seen.map(clientOf)).size

/** The rules, in the narrowest scopes, that explain why the coach keeps making one change. */
const explain = (wish: Wish, drafts: readonly JudgedDraft[]): DerivedRule[] => {
  const made: DerivedRule[] = []
  const make = (reach: Reach, counted: Tally, sure: boolean): void => {
    made.push({
      kind: wish.kind,
      detail: wish.detail,
      ...reach,
      isSure: sure,
      seen: counted.seen,
      timesAgainst: counted.against,
    })
  }
  const everywhere = tally(wish, drafts)
  const isForEverybody =
    clientsIn(everywhere) > 1 &&
    isSure(everywhere) &&
    holdsElsewhere(wish, drafts, everywhere, clientOf) &&
    holdsElsewhere(wish, drafts, everywhere, situationOf)
  if (isForEverybody) {
    make(always, everywhere, true)
    return made
  }

  const supporters = drafts.filter((draft) => says(wish, draft) === 'for')
  const covered = new Set<Situation>()
  const likely: [Reach, Tally][] = []
  for (const situation of new Set(supporters.map(situationOf).filter((one) => one !== null))) {
    const ofIt = drafts.filter((draft) => draft.situation === situation)
    const counted = tally(wish, ofIt)
    if (clientsIn(counted) < 2) continue
    if (isSure(counted) && holdsElsewhere(wish, ofIt, counted, clientOf)) {
      make(forSituation(situation), counted, true)
      covered.add(situation)
    } else if (isLikely(counted)) likely.push([forSituation(situation), counted])
  }
  const explained = new Set<JudgedDraft>(made.flatMap(({ seen }) => seen))
  for (const clientId of new Set(supporters.map(clientOf))) {
    const counted = tally(
      wish,
      drafts.filter((draft) => draft.clientId === clientId && !covered.has(draft.situation)),
    )
    if (!isLikely(counted) && !isSure(counted)) continue
    make(forClient(clientId), counted, isSure(counted))
    for (const draft of counted.seen) explained.add(draft)
  }
  if (isLikely(everywhere) && clientsIn(everywhere) > 1) likely.push([always, everywhere])
  for (const [reach, counted] of likely) {
    if (counted.seen.filter((draft) => !explained.has(draft)).length < leastToPropose) continue
    make(reach, counted, false)
    for (const draft of counted.seen) explained.add(draft)
  }
  return made
}

/** What was rewritten says nothing that could be asked for, and a bare "phrase" neither. */
const isAskable = (kind: ChangeKind): boolean =>
  kind !== 'rewritten' && kind !== 'phrase_added' && kind !== 'phrase_removed'

const wishesIn = (drafts: readonly JudgedDraft[]): Wish[] => {
  const found = new Map<string, { kind: ChangeKind; detail: string; times: number }>()
  const note = (kind: ChangeKind, detail: string): void => {
    const key = `${kind} ${detail}`
    const known = found.get(key) ?? { kind, detail, times: 0 }
    known.times += 1
    found.set(key, known)
  }
  for (const draft of drafts) {
    for (const kind of draft.kinds) if (isAskable(kind)) note(kind, '')
    for (const phrase of draft.added) note('phrase_added', phrase)
    for (const phrase of draft.removed) note('phrase_removed', phrase)
  }
  return [...found.values()]
    .filter(({ times }) => times >= leastToPropose)
    .map(({ kind, detail }) => wishOf(kind, detail))
}

/** Every rule that these drafts, newest first, speak for. Pure: the same drafts always give the same rules. */
export const deriveRules = (drafts: readonly JudgedDraft[]): DerivedRule[] =>
  wishesIn(drafts).flatMap((wish) => explain(wish, drafts))
