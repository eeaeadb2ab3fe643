import { host } from '../transport/console.ts'
import { problemCode, problemSentence } from '../transport/problems.ts'
import { setUi } from './ui.ts'

/** Hands a conversation back to the clone; after a safety crisis the coach is asked first. */
export const handBack = async (conversationId: string): Promise<void> => {
  try {
    await host.inbox.handBack({ conversationId })
  } catch (error) {
    if (problemCode(error) !== 'CRISIS_HANDBACK') throw error
    setUi({ crisisHandBack: { conversationId, sentence: problemSentence(error) } })
  }
}
