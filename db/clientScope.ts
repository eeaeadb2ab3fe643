/** Whose rows a table holds. Erasing, merging and exporting a client go by it. */
export type Whose =
  /** Each row names its client in this column. */
  | { readonly of: 'client'; readonly column: string; readonly or?: string }
  /** Each row belongs to a row of another table, whose `key` stands in `column`. */
  | { readonly of: 'row'; readonly column: string; readonly parent: string; readonly key: string }
  /** An index that triggers keep in step with another table. */
  | { readonly of: 'index'; readonly parent: string }
  | { readonly of: 'nobody'; readonly why: string }

/** What becomes of a client's rows when the client is merged into another. */
type Merged = 'moves' | 'memory combines it' | 'learning combines it' | 'dropped'

export interface TableScope {
  readonly table: string
  readonly whose: Whose
  /** Whether the machine form of an export holds the rows; else why not. Absent where nobody's rows are in it. */
  readonly exported?: true | string
  readonly merged?: Merged
}

const bookkeeping = 'bookkeeping of this machine, nothing about the person'
const derived = 'derived from rows that are exported'

const client = (
  table: string,
  exported: true | string = true,
  merged: Merged = 'moves',
  column = 'client_id',
): TableScope => ({ table, whose: { of: 'client', column }, exported, merged })

const rowOf = (
  table: string,
  column: string,
  parent: string,
  key: string,
  exported: true | string = true,
): TableScope => ({ table, whose: { of: 'row', column, parent, key }, exported })

const memory = (table: string, exported: true | string = true): TableScope =>
  client(table, exported, 'memory combines it')

const nobody = (table: string, why: string): TableScope => ({ table, whose: { of: 'nobody', why } })

const ofConversation = "json_extract(payload, '$.conversationId')"

/**
 * Every table of the database, in an order in which rows can be deleted: what refers to others first. A new table must
 * be put here (tests/host/clients/scope.test.ts), or an erased client would live on in it.
 */
export const clientScopes: readonly TableScope[] = [
  rowOf('alerts', 'handoff_id', 'handoffs', 'id'),
  client('follow_ups'),
  rowOf('rule_evidence', 'feedback_id', 'draft_feedback', 'id'),
  client('human_intervention_analyses'),
  client('client_effective_approaches', true, 'dropped'),
  client('learned_marks', true, 'learning combines it'),
  {
    table: 'learned_rules',
    // A rule for everybody that was taught on a message of theirs quotes it.
    whose: { of: 'client', column: 'client_id', or: 'message_id IN (SELECT id FROM messages WHERE client_id = ' },
    exported: true,
    merged: 'learning combines it',
  },
  client('learned_uses', bookkeeping),
  client('reply_outcomes', bookkeeping),
  client('past_turns'),
  client('past_imports'),
  rowOf('reply_feedback', 'message_id', 'messages', 'id'),
  client('outbox'),
  client('draft_feedback'),
  client('drafts'),
  client('handoffs'),
  client('agent_executions'),
  rowOf('message_signals', 'message_seq', 'messages', 'seq'),
  rowOf('message_versions', 'message_id', 'messages', 'id'),
  rowOf('message_parts', 'message_id', 'messages', 'id'),
  rowOf('message_files', 'message_id', 'messages', 'id'),
  rowOf('composer_texts', 'conversation_id', 'conversations', 'id'),
  {
    table: 'jobs',
    whose: {
      of: 'client',
      column: 'client_id',
      or: `${ofConversation} IN (SELECT id FROM conversations WHERE client_id = `,
    },
    exported: bookkeeping,
    merged: 'moves',
  },
  client('egress_ledger'),
  client('search_gaps'),
  client('notes'),
  memory('memory_evidence'),
  memory('memory_wishes'),
  memory('memory_progress', bookkeeping),
  memory('session_summaries'),
  memory('conversation_summaries'),
  memory('client_insights'),
  client('episode_vectors', derived, 'dropped'),
  memory('ai_episodic_memory'),
  memory('learned_user_preferences'),
  memory('relationship_context'),
  memory('user_interaction_patterns'),
  memory('commitment_check_ins'),
  client('memory_refinements', bookkeeping),
  rowOf('chunk_bits', 'chunk_seq', 'chunks', 'seq', derived),
  rowOf('chunk_vectors', 'chunk_seq', 'chunks', 'seq', derived),
  rowOf('chunks', 'document_id', 'documents', 'id', 'passages of a document that the coach has as a file'),
  rowOf('document_tags', 'document_id', 'documents', 'id'),
  rowOf('document_texts', 'document_id', 'documents', 'id', 'text of a document that the coach has as a file'),
  rowOf('document_updates', 'document_id', 'documents', 'id', bookkeeping),
  client('documents'),
  client('messages'),
  // After messages: their deletion writes rows here.
  client('message_changes', bookkeeping, 'dropped'),
  client('files'),
  client('conversations'),
  client('clients', true, 'dropped', 'id'),
  { table: 'messages_fts', whose: { of: 'index', parent: 'messages' } },
  { table: 'chunk_words', whose: { of: 'index', parent: 'chunks' } },
  nobody('settings', 'what the coach set for everybody'),
  nobody('coach_style_profiles', 'how the coach speaks, computed anew when a client is erased'),
  nobody('coaches', 'the coach'),
  nobody('canned_replies', 'texts of the coach for everybody'),
  nobody('concept_links', 'words that the coach linked for everybody'),
  nobody('channel_cursors', 'how far a channel was read'),
  nobody('channel_dedupe', 'numbers of updates, without sender or text, for two weeks'),
  nobody('channel_gaps', 'times at which a channel was not read'),
  nobody('channel_memory', "the coach's own accounts with a channel"),
  nobody('watched_folders', "the coach's folders"),
  nobody('ignored_files', 'paths of files that must not be taken in again'),
  nobody('spaces', 'models of vectors'),
]

/** The scope of a table; throws where it is in no list. */
export const scopeOf = (table: string): TableScope => {
  const found = clientScopes.find((scope) => scope.table === table)
  if (!found) throw new Error(`Nobody said whose rows ${table} holds; see db/clientScope.ts.`)
  return found
}
