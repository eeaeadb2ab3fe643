import { messageSignals, pastImports, pastTurns } from '../../../db/schema/index.ts'
import { caseDraft } from '../../../host/learning/index.ts'
import { screenReply } from '../../../host/replies/prompt/index.ts'
import { readSignals } from '../../../host/signals/index.ts'
import { coach, dayMs, noon, openTalk } from '../memory/talk.ts'

/** Talks with what was read in the client's words, as the house stores it, and a coach who has no model. */
export const openCases = () => {
  const talk = openTalk()
  let imports = 0

  /** The client says something and the coach answers, so many days before noon; answers with the seqs. */
  const answered = (clientId: string, said: string, answer: string, daysAgo = 10): number[] => {
    const seqs = talk.say(clientId, noon - daysAgo * dayMs, said, coach(answer))
    const { crisis, sentiment, urgency, highStakes, requestsHuman, emotion, situation } = readSignals(said, [], {
      coachName: 'Robin',
    })
    talk.queries
      .insert(messageSignals)
      .values({
        messageSeq: seqs[0] ?? 0,
        crisisSeverity: crisis.severity,
        sentiment,
        urgency,
        highStakes,
        requestsHuman,
        emotion,
        situation,
      })
      .run()
    return seqs
  }

  /** A past conversation or writing, chat by chat; a turn of the client and one of the coach in turns. */
  const imported = (
    format: 'telegram' | 'writing',
    chats: readonly (readonly string[])[],
    clientId: string | null = null,
  ): void => {
    imports += 1
    const importId = `import-${imports}`
    talk.queries
      .insert(pastImports)
      .values({
        id: importId,
        name: `Export ${imports}`,
        format,
        contentHash: importId,
        clientId,
        state: 'done',
        createdAt: 1,
      })
      .run()
    for (const [thread, turns] of chats.entries()) {
      let said = ''
      for (const [index, content] of turns.entries()) {
        const isClient = format !== 'writing' && index % 2 === 0
        if (isClient) said = content
        talk.queries
          .insert(pastTurns)
          .values({
            importId,
            clientId,
            thread,
            author: isClient ? 'client' : 'human_coach',
            content,
            orderAt: index,
            situationType: isClient ? null : readSignals(said).situation,
          })
          .run()
      }
    }
  }

  const draft = (clientId: string, text: string, more: Partial<Parameters<typeof caseDraft>[1]> = {}) => {
    const { situation, language } = readSignals(text, [], { coachName: 'Robin' })
    return caseDraft(talk.queries, {
      clientId,
      situation,
      text,
      language,
      coachName: 'Robin',
      clientName: '',
      isSayable: (said) => screenReply(said, { clientLanguage: language }).length === 0,
      now: noon,
      ...more,
    })
  }
  return { ...talk, answered, imported, draft }
}
