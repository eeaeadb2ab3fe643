/** Every way a request can fail, with the sentence a coach reads. Hosts may give a more exact sentence. */
export const problems = {
  LOCKED: { status: 423, message: 'The console is locked. Enter your passphrase to open it.' },
  ALREADY_OPEN: { status: 409, message: 'The console is already set up and open.' },
  WRONG_SECRET: {
    status: 403,
    message: 'That passphrase or recovery phrase does not open this data. Nothing was changed; try again.',
  },
  BAD_PHRASE: { status: 400, message: 'These are not 24 valid words. Check the spelling and the order.' },
  NEEDS_PASSPHRASE: { status: 400, message: 'Choose a passphrase of at least 10 characters.' },
  DATABASE_DAMAGED: {
    status: 500,
    message: 'The data file is damaged. Restore the newest backup; the damaged file is kept.',
  },
  DATABASE_FOREIGN: {
    status: 500,
    message:
      'The file in the data folder is not an OpenCoach database, or belongs to another key. It was left untouched.',
  },
  NEWER_DATABASE: {
    status: 409,
    message: 'A newer OpenCoach wrote this data. Update this console to open it; nothing was changed.',
  },
  SECOND_INSTANCE: {
    status: 409,
    message: 'OpenCoach already runs with this data folder. Use that window, or close it first.',
  },
  DISK_FULL: {
    status: 507,
    message:
      'The disk is full, so nothing more can be saved. Free some space and try again; nothing saved so far is lost.',
  },
  READ_ONLY: { status: 500, message: 'The data folder cannot be written to. Check its permissions and try again.' },
  BACKUP_INVALID: { status: 400, message: 'This folder is not a complete OpenCoach backup. Nothing was changed.' },
  BACKUP_FAILED: {
    status: 500,
    message: 'The backup could not be written and verified. The earlier backups are untouched.',
  },
  NOT_FOUND: { status: 404, message: 'This is no longer here. It may have been removed in another window.' },
  CONFLICT: { status: 409, message: 'This changed in the meantime. Look at the newest state and try again.' },
  CLIENT_WROTE_SINCE: {
    status: 409,
    message:
      'The client has written, or deleted something, since this draft was made. Look at it, then decide whether to send the draft anyway.',
  },
  DRAFT_GONE: { status: 409, message: 'This draft was already sent or discarded, perhaps in another window.' },
  CONVERSATION_LOCKED: {
    status: 409,
    message: 'This conversation is locked after a safety crisis. Take over to answer it yourself.',
  },
  TOO_LATE: { status: 409, message: 'This is on its way already and can no longer be taken back.' },
  CHANNEL_REFUSED: { status: 409, message: 'The channel did not accept this.' },
  CRISIS_HANDBACK: {
    status: 409,
    message:
      'This conversation had a safety crisis. Hand it back only if you are sure that the person is safe; what they have written so far stays yours to answer. The clone resumes with their next message, and then it only writes drafts for you.',
  },
  BUDGET_USED: {
    status: 429,
    message:
      "Today's budget for the model is used up. Raise it in Settings, or answer yourself; it starts anew at midnight.",
  },
  NO_MODEL: { status: 409, message: 'No model is connected. Add a key or a local model server in Settings.' },
  MODEL_UNREACHABLE: {
    status: 502,
    message: 'The model server did not answer. Check the address in Settings and that it is running.',
  },
  MODEL_REFUSED_KEY: { status: 502, message: 'The model server does not accept this key. Check it in Settings.' },
  MODEL_BUSY: { status: 503, message: 'The model server is busy or its quota is used up. Try again in a while.' },
  MODEL_TIMEOUT: { status: 504, message: 'The model took too long to answer and was stopped.' },
  MODEL_BROKE_OFF: { status: 502, message: 'The model server closed the connection in the middle of its answer.' },
  MODEL_BAD_ANSWER: {
    status: 502,
    message: 'The model server answered with something that is not a model answer. Check its address in Settings.',
  },
  MODEL_TOO_LARGE: { status: 502, message: 'The model answered with far too much text; it was dropped.' },
  PRIVACY_BLOCKED: {
    status: 403,
    message: 'This client is marked sensitive, so nothing about them may leave this machine.',
  },
  INVALID_INPUT: { status: 400, message: 'Something in this form is not valid.' },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong here. Nothing was lost; try again, and restart the console if it stays.',
  },
} as const

export type ProblemCode = keyof typeof problems

export const problemCodes = Object.keys(problems)

export const isProblemCode = (code: unknown): code is ProblemCode => typeof code === 'string' && code in problems
