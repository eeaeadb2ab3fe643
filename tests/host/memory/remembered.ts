import { recallOf, rememberAll } from '../../../host/memory/index.ts'
import { noon, openTalk } from './talk.ts'

export const sessionGapMinutes = 360

/** A talk that memory reads when it is told to. */
export const openRemembered = () => {
  const talk = openTalk()
  const remember = (now = noon): void => rememberAll(talk, { sessionGapMinutes, now })
  const recall = (clientId: string) => recallOf(talk.queries, clientId)
  const insights = (clientId: string): string[] =>
    recall(clientId)
      .insights(50)
      .map(({ insightType, content }) => `${insightType}: ${content}`)
      .sort()
  return { ...talk, remember, recall, insights }
}
