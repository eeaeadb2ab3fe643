import { newId } from '../db/ids.ts'
import type { SqliteDatabase } from '../db/sqlite.ts'
import { toSteps } from '../host/memory/meaning/index.ts'
import { insightTypes, memoryTypes } from '../shared/taxonomy/memory.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { vocabulary } from './fill.ts'

/** What a client who wrote for 300 days leaves in memory: more than the rules find in so much talk. */
const perClient = { sessions: 200, insights: 120, episodes: 400, preferences: 20, relationship: 10 } as const
const dayMs = 86_400_000
const start = Date.UTC(2026, 0, 1)
/** When all of it was said, and questions are asked. */
export const memoryNow = start + 300 * dayMs

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Fills the tables of memory for every client of a filled database; seeded, words as in the messages. */
export const fillMemories = (sqlite: SqliteDatabase): void => {
  const random = seededRandom(7)
  const words = (count: number): string =>
    Array.from({ length: count }, () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)]).join(' ')
  const statement = (): string => words(4 + Math.floor(random() * 10))
  const some = (count: number): string => JSON.stringify(Array.from({ length: count }, statement))
  const people = sqlite
    .prepare<[], { client: string; conversation: string }>(
      'SELECT client_id AS client, id AS conversation FROM conversations',
    )
    .all()
  const addSession = sqlite.prepare(
    `INSERT INTO session_summaries (id, client_id, conversation_id, first_seq, last_seq, started_at, ended_at, last_sent_at, local_date,
       summary, topics, insights, action_items, progress, challenges, emotional_state, sentiment, user_motivation_level,
       message_count, client_message_count, is_stale, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'neutral', 0.2, 6, 20, 10, 0, ?, ?)`,
  )
  const addRollUp = sqlite.prepare(
    `INSERT INTO conversation_summaries (id, client_id, summary_period, start_date, end_date, key_topics, main_insights, user_progress,
       challenges_discussed, commitments_made, overall_sentiment, sentiment, user_motivation_level, session_count, message_count, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'neutral', 0, 6, ?, 100, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const item = 'id, client_id, item_key, slot, evidence_count, first_said_at, last_said_at, created_at, updated_at'
  const addInsight = sqlite.prepare(
    `INSERT INTO client_insights (${item}, insight_type, content, confidence, is_active, is_sensitive)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0.8, ?, ?)`,
  )
  const addEpisode = sqlite.prepare(
    `INSERT INTO ai_episodic_memory (${item}, memory_type, memory_description, original_timestamp, source_type, source_id, strength,
       last_reinforced_at, emotional_valence)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, 'conversation', 'm', 0.8, ?, 0.5)`,
  )
  const addPreference = sqlite.prepare(
    `INSERT INTO learned_user_preferences (${item}, preference_category, preference_key, preference_value, preference_text, confidence,
       learned_from, last_confirmed_at)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, 'other', ?, 'yes', ?, 0.8, '[]', ?)`,
  )
  const addRelation = sqlite.prepare(
    `INSERT INTO relationship_context (${item}, aspect, content, confidence) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, 'personality', ?, 0.8)`,
  )
  const addEvidence = sqlite.prepare(
    `INSERT INTO memory_evidence (client_id, conversation_id, message_seq, message_id, layer, kind, slot, item_key, stance, reader,
       start, finish, content, detail, confidence, said_at)
     VALUES (?, ?, ?, 'm', ?, ?, ?, ?, 'states', 'rules', 0, 10, ?, '{}', 0.8, ?) ON CONFLICT DO NOTHING`,
  )
  const seqsOf = sqlite
    .prepare<[string], number>("SELECT seq FROM messages WHERE client_id = ? AND sender_type = 'client' LIMIT 600")
    .pluck()
  const fillOne = ({ client, conversation }: (typeof people)[number]): void => {
    const seqs = seqsOf.all(client)
    const moment = (): number => start + Math.floor(random() * 300) * dayMs
    const key = (): [string, string, string, string] => [newId(start), client, newId(start), newId(start)]
    const times = (at: number): number[] => [at, at, at, at]
    for (let index = 0; index < perClient.sessions; index += 1) {
      const at = start + Math.floor((index * 300) / perClient.sessions) * dayMs
      const lists = [some(1), some(2), some(1), some(1), some(1)]
      const summary = `Spoke about ${words(4)}. In their words: ${statement()}.`
      const seq = index * 25 + 1
      addSession.run(newId(at), client, conversation, seq, seq + 24, at, at, at, isoDay(at), summary, ...lists, at, at)
      for (const period of ['daily', 'weekly', 'monthly'])
        addRollUp.run(newId(at), client, period, isoDay(at), isoDay(at), ...lists, 30, at, at)
    }
    const say = (
      layer: string,
      kind: string,
      [, , itemKey, slot]: readonly string[],
      text: string,
      at: number,
    ): void => {
      addEvidence.run(
        client,
        conversation,
        seqs[Math.floor(random() * seqs.length)] ?? 1,
        layer,
        kind,
        slot,
        itemKey,
        text,
        at,
      )
    }
    for (let index = 0; index < perClient.insights; index += 1) {
      const [at, text, place] = [moment(), statement(), key()]
      const kind = insightTypes[index % insightTypes.length] ?? 'goal'
      addInsight.run(...place, ...times(at), kind, text, index % 4 === 0 ? 0 : 1, kind === 'trigger' ? 1 : 0)
      say('insight', kind, place, text, at)
    }
    for (let index = 0; index < perClient.episodes; index += 1) {
      const [at, text, place] = [moment(), statement(), key()]
      const kind = memoryTypes[index % memoryTypes.length] ?? 'context'
      addEpisode.run(...place, ...times(at), kind, text, at, at)
      say('episodic', kind, place, text, at)
    }
    for (let index = 0; index < perClient.preferences; index += 1) {
      const at = moment()
      addPreference.run(...key(), ...times(at), `key ${index}`, statement(), at)
    }
    for (let index = 0; index < perClient.relationship; index += 1) {
      const at = moment()
      addRelation.run(...key(), ...times(at), statement())
    }
  }
  for (const one of people) sqlite.transaction(fillOne)(one)
  sqlite.exec('ANALYZE')
}

/** Gives every moment of some clients a vector in a space, in the order in which they were said; answers with its id. */
export const fillMeaning = (
  sqlite: SqliteDatabase,
  clientIds: readonly string[],
  vectorOf: () => Float32Array,
): string => {
  const spaceId = newId(start)
  const rows = sqlite
    .prepare<[string], { seq: number; client: string }>(
      `SELECT seq, client_id AS client FROM ai_episodic_memory
       WHERE client_id IN (SELECT value FROM json_each(?)) ORDER BY last_said_at`,
    )
    .all(JSON.stringify(clientIds))
  const add = sqlite.prepare(
    'INSERT INTO episode_vectors (episode_seq, client_id, space_id, vector) VALUES (?, ?, ?, ?)',
  )
  sqlite.transaction(() => {
    for (const { seq, client } of rows) add.run(seq, client, spaceId, toSteps(vectorOf()))
  })()
  return spaceId
}
