import { asc } from 'drizzle-orm'
import {
  clientEffectiveApproaches,
  coachStyleProfiles,
  conversations,
  handoffs,
  humanInterventionAnalyses,
  learnedMarks,
} from '../../../db/schema/index.ts'
import { getConversation } from '../../../host/conversations/index.ts'
import { changeOwner } from '../../../host/handoff/owner.ts'
import { type LearnedLine, learnedFor } from '../../../host/learning/index.ts'
import { learnFromConversation } from '../../../host/learning/interventions/index.ts'
import { refreshProfile } from '../../../host/learning/profile/index.ts'
import type { HandoffTrigger } from '../../../shared/taxonomy/conversation.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { noon, openTalk } from '../memory/talk.ts'

export const minute = 60_000

/** Talks in which the coach takes over and hands back, on the production database. */
export const openTakeovers = () => {
  const talk = openTalk()
  let at = noon

  const handTo = (clientId: string, to: 'human' | 'ai', trigger: HandoffTrigger): void => {
    talk.write((tx) =>
      changeOwner(tx, getConversation(tx.queries, clientId), { to, trigger, reason: 'As it was played.' }, at),
    )
  }
  const learn = (clientId: string): void => {
    talk.write((tx) => {
      learnFromConversation(tx, clientId, at)
      refreshProfile(tx)
    })
  }
  /** One takeover: what the client said, what the coach answered, how the client took it, and the handback. */
  const takeOver = (
    clientId: string,
    said: { readonly moment: string; readonly coach: readonly string[]; readonly reaction?: string },
    { trigger = 'coach' as HandoffTrigger, isLearned = true } = {},
  ): void => {
    at += 60 * minute
    talk.say(clientId, at, said.moment)
    handTo(clientId, 'human', trigger)
    for (const text of said.coach) {
      at += 5 * minute
      talk.say(clientId, at, { by: 'human_coach', text })
    }
    at += minute
    handTo(clientId, 'ai', 'handback')
    at += minute
    if (said.reaction !== undefined) talk.say(clientId, at, said.reaction)
    if (isLearned) learn(clientId)
  }

  const analyses = () =>
    talk.queries.select().from(humanInterventionAnalyses).orderBy(asc(humanInterventionAnalyses.id)).all()
  const approaches = () =>
    talk.queries
      .select()
      .from(clientEffectiveApproaches)
      .orderBy(asc(clientEffectiveApproaches.id))
      .all()
      .map(({ seq, ...row }) => row)
  const profile = () => talk.queries.select().from(coachStyleProfiles).all()
  /** All that is learned, as it stands. */
  const everything = () =>
    JSON.stringify([analyses(), approaches(), profile(), talk.queries.select().from(learnedMarks).all()])
  const given = (clientId: string, situation: Situation, isSayable = (_: string) => true): LearnedLine[] =>
    learnedFor(talk.queries, { clientId, situation, coachName: 'Robin', isSayable })

  return {
    ...talk,
    learn,
    takeOver,
    handTo,
    analyses,
    approaches,
    profile,
    everything,
    given,
    now: () => at,
    later: (ms: number) => {
      at += ms
    },
    owners: () => talk.queries.select().from(conversations).all(),
    handoffs: () => talk.queries.select().from(handoffs).all(),
  }
}

export const grounding = {
  moment: "I'm having a crisis at work, I want to quit today",
  coach: [
    "Stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure?",
  ],
  reaction: "You're right, I should think this through. That helps, thank you.",
} as const

export const challenge = {
  moment: "I'm having a crisis at work again, everything is too much",
  coach: ['Is that really true? You said the same last week and then did nothing. What are you avoiding?'],
  reaction: 'That is not fair. You are not listening to me at all.',
} as const
