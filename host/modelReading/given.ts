import { withoutMarks } from '../ai/index.ts'

/** What was said longer ago is left to the rules, so that connecting a model does not send a whole past. */
export const oldestReadMs = 30 * 24 * 3_600_000
/** A talk that has rested this long is read by the model in one piece. */
export const quietMs = 30 * 60_000
/** Of a message this much is given to the model, characters. */
export const longestGiven = 2_000

/** A text as the model reads it: between its name's mark and the end of it, neither of which the text can forge. */
export const between = (name: string, text: string): string =>
  `⟦${name}⟧\n${withoutMarks(text.slice(0, longestGiven))}\n⟦/${name}⟧`
