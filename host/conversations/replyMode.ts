import { eq } from 'drizzle-orm'
import { clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ReplyMode } from '../../shared/taxonomy/conversation.ts'

/** The client's own mode, or the default one. */
export const replyModeOf = (
  queries: Queries,
  { clientId }: { readonly clientId: string },
  { defaultReplyMode }: { readonly defaultReplyMode: ReplyMode },
): ReplyMode =>
  queries.select({ mode: clients.replyMode }).from(clients).where(eq(clients.id, clientId)).get()?.mode ??
  defaultReplyMode
