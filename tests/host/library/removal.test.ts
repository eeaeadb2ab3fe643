import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShelf, type Shelf } from './shelf.ts'

const story = (name: string) =>
  Array.from({ length: 60 }, (_, step) => `${name} says a little about step ${step} of the way.`).join('\n\n')

/** Gives every passage of a document a vector whose bytes can be found again. */
const giveVectors = ({ sqlite }: Shelf, fileName: string, mark: string): number => {
  sqlite.exec(
    `INSERT INTO spaces (id, model, dimensions, state, details, created_at)
     VALUES ('s', 'stand-in', 64, 'active', '{"baseUrl":"http://127.0.0.1:1/v1","sendsDimensions":false,"priceUsd":0}', 1)
     ON CONFLICT (id) DO NOTHING`,
  )
  const seqs = sqlite
    .prepare<[string], number>(
      'SELECT c.seq FROM chunks c JOIN documents d ON d.id = c.document_id WHERE d.file_name = ?',
    )
    .pluck()
    .all(fileName)
  for (const seq of seqs) {
    sqlite.prepare('INSERT INTO chunk_vectors VALUES (?, ?, ?)').run('s', seq, Buffer.from(mark.repeat(16)))
    sqlite.prepare('INSERT INTO chunk_bits VALUES (?, ?, 0, ?)').run('s', seq, Buffer.from(`${mark}bits`))
  }
  return seqs.length
}

test('removing a document takes passages, words, vectors, text and original: nothing of it is left in the decrypted file', async () => {
  const shelf = openShelf()
  shelf.library.start()
  await shelf.upload('secret.md', story('Zanzibarhaus'))
  await shelf.upload('other.md', story('Marigold'))
  await shelf.settled()
  expect(giveVectors(shelf, 'secret.md', 'qxz1')).toBeGreaterThan(0)
  expect(giveVectors(shelf, 'other.md', 'qxz2')).toBeGreaterThan(0)
  const decrypted = () => {
    shelf.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    return shelf.sqlite.serialize().toString('latin1').toLowerCase()
  }
  const sealed = () => readdirSync(join(shelf.folder, 'files'), { recursive: true, withFileTypes: true })
  const filesBefore = sealed().filter((entry) => entry.isFile()).length
  for (const trace of ['zanzibarhaus', 'secret.md', 'qxz1', 'qxz1bits']) expect(decrypted()).toContain(trace)
  const secret = shelf.documents().find(({ fileName }) => fileName === 'secret.md')
  expect(await shelf.library.act([secret?.id ?? ''], 'remove')).toBe(1)
  const compact = () => shelf.sqlite.exec('VACUUM')
  for (const step of [() => undefined, compact]) {
    step()
    for (const trace of ['zanzibar', 'secret.md', 'qxz1']) expect(decrypted()).not.toContain(trace)
  }
  for (const kept of ['marigold', 'other.md', 'qxz2', 'qxz2bits']) expect(decrypted()).toContain(kept)
  expect(shelf.documents().map(({ fileName }) => fileName)).toEqual(['other.md'])
  expect(sealed().filter((entry) => entry.isFile()).length).toBe(filesBefore - 1)
})
