export interface Sent {
  readonly seq: number
  /** Milliseconds UTC, as the channel tells it. */
  readonly sentAt: number
}

/** A stretch of a conversation without a long silence, by the seqs of its first and last message. */
export interface Session {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly startedAt: number
  /** The latest time of any message; a clock that was set back puts it after the last one's. */
  readonly endedAt: number
  readonly lastSentAt: number
}

/**
 * Puts messages, in the order of their seqs, into sessions; `open` is the session before them, which may go on. A new one
 * begins where more than `gapMs` passed since the message before. Time that runs backwards ends no session.
 */
export const splitSessions = (messages: readonly Sent[], open: Session | null, gapMs: number): Session[] => {
  const sessions: Session[] = open ? [open] : []
  for (const { seq, sentAt } of messages) {
    const last = sessions.at(-1)
    if (last === undefined || sentAt - last.lastSentAt > gapMs) {
      sessions.push({ firstSeq: seq, lastSeq: seq, startedAt: sentAt, endedAt: sentAt, lastSentAt: sentAt })
      continue
    }
    const endedAt = Math.max(last.endedAt, sentAt)
    sessions[sessions.length - 1] = { ...last, lastSeq: seq, endedAt, lastSentAt: sentAt }
  }
  return sessions
}
