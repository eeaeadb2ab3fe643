/** Why a file of past conversations cannot be taken in, in a sentence a coach can act on. */
export const pastProblems = {
  empty: 'There is nothing in this file.',
  unknown:
    'This is not a file that can be read here. Choose a Telegram export (result.json), a WhatsApp chat (.txt), a table (.csv), a transcript or your own writing as plain text.',
  zip: 'This is an archive. Open it on your computer and choose the file in it: _chat.txt from WhatsApp, result.json from Telegram.',
  web_page:
    'This export was saved as a web page. Export the chat from Telegram Desktop again and choose “Machine-readable JSON” as the format.',
  json: 'This is not an export of Telegram Desktop. Choose its file result.json, or a text or a table.',
  broken: 'This file ends in the middle or is damaged. Export it again and choose the new file.',
  columns:
    'The first line of this table does not tell which columns hold the writer and the words. Name them “from” and “text”, and the time “date”.',
  no_turns: 'No messages were found in this file.',
  too_large: 'This file is larger than 500 MB. Export a shorter period, or one chat at a time.',
  too_many: 'There are more than two million messages in this file. Export a shorter period, or one chat at a time.',
  too_many_threads: 'There are more than five thousand conversations in this file. Export one chat at a time.',
  not_two: 'One of these conversations is a group. Only conversations between two people are taken in.',
  dates: 'The dates of this file can be read in two ways. Say which one is right.',
  no_coach: 'There is nothing of yours in the conversations you chose, so there is nothing to learn from.',
  too_much_memory: 'Reading this file needs more memory than there is. Export a shorter period, or one chat at a time.',
  reader_failed: 'This file could not be read. Export it again and choose the new file.',
} as const
export type PastProblemCode = keyof typeof pastProblems

export class PastProblem extends Error {
  readonly code: PastProblemCode
  constructor(code: PastProblemCode) {
    super(pastProblems[code])
    this.name = 'PastProblem'
    this.code = code
  }
}
