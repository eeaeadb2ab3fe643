import { z } from 'zod'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import { readServed, type ServedDocument } from '../served.ts'
import { bitsFromBlob, vectorFromBlob } from './quantise.ts'

const blob = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const seqAndBits = z.array(z.tuple([z.number(), blob]))
const oneBlob = blob.optional()

/** The reading half of the vectors of one space, on any connection. */
export const readVectors = (sqlite: SqliteDatabase, space: { readonly id: string; readonly centring: number }) => {
  const bits = sqlite
    .prepare(
      `SELECT c.seq, b.bits FROM chunks c INDEXED BY chunks_document
       CROSS JOIN chunk_bits b ON b.space_id = ? AND b.chunk_seq = c.seq AND b.centring = ?
       WHERE c.document_id = ? AND c.content_version = ?`,
    )
    .raw()
  const vector = sqlite.prepare('SELECT vector FROM chunk_vectors WHERE space_id = ? AND chunk_seq = ?').pluck()

  return {
    ...readServed(sqlite),
    /** Changes whenever another connection committed anything. */
    dataVersion: (): number => z.number().parse(sqlite.pragma('data_version', { simple: true })),
    bitsOf: ({ id, version }: ServedDocument): { chunkSeq: number; bits: Uint32Array }[] =>
      seqAndBits
        .parse(bits.all(space.id, space.centring, id, version))
        .map(([chunkSeq, row]) => ({ chunkSeq, bits: bitsFromBlob(row) })),
    vectorOf: (chunkSeq: number): Float32Array | null => {
      const row = oneBlob.parse(vector.get(space.id, chunkSeq))
      return row === undefined ? null : vectorFromBlob(row)
    },
  }
}
