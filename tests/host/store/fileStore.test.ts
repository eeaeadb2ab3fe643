import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameLength, headerLength, sealedFrameLength, sealedSize } from '../../../db/fileFrames.ts'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { messageFiles } from '../../../db/schema/index.ts'
import { keyOf, problemOf, temporaryFolder, writeTo } from './folder.ts'
import { insertConversation, insertMessage } from './rows.ts'

const open = () => {
  const folder = temporaryFolder()
  const database = openDatabase({ file: join(folder, 'opencoach.db'), key: keyOf(3) })
  migrate(database.sqlite)
  const files = createFileStore({ folder: join(folder, 'files'), now: () => 5 })
  const add = (bytes: Uint8Array, purpose: 'attachment' | 'temporary' = 'attachment'): string =>
    writeTo(database, (tx) =>
      files.stage({ name: 'plan.pdf', mediaType: 'application/pdf', bytes }, purpose).insert(tx),
    )
  const pathOf = (id: string): string => join(folder, 'files', id)
  const read = (id: string): Buffer => files.read(database.queries, id).bytes
  return { ...database, files, add, read, pathOf, folder: join(folder, 'files') }
}

const patterned = (size: number): Buffer => Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_, i) => i)))

describe('encrypted files', () => {
  test('come back byte for byte, whatever their size, at once and as a stream', () => {
    const store = open()
    const nearBorders = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
      .map(([frames, offset]) => Math.max(0, frames * frameLength + offset))
    fc.assert(
      fc.property(fc.oneof(nearBorders, fc.integer({ min: 0, max: 200_000 })), (size) => {
        const bytes = patterned(size)
        const id = store.add(bytes)
        expect(readFileSync(store.pathOf(id)).length).toBe(sealedSize(size))
        expect(store.read(id).equals(bytes)).toBe(true)
        const frames = [...store.files.readStream(store.queries, id)]
        expect(frames.every((frame) => frame.length <= frameLength)).toBe(true)
        expect(Buffer.concat(frames).equals(bytes)).toBe(true)
      }),
      { seed: 20, numRuns: 60 },
    )
    store.close()
  })

  test('a streamed file is the same however it arrives', async () => {
    const store = open()
    const bytes = patterned(3 * frameLength)
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007)
    }
    const staged = await store.files.stageStream(pieces(), { name: 'a', mediaType: 'b' }, 'original')
    const id = writeTo(store, (tx) => staged.insert(tx))
    expect(store.read(id).equals(bytes)).toBe(true)
    expect(store.files.describe(store.queries, id)).toEqual({
      id,
      name: 'a',
      mediaType: 'b',
      purpose: 'original',
      clientId: null,
      size: bytes.length,
      createdAt: 5,
    })
    store.close()
  })

  test('a source that breaks off leaves nothing on disk', async () => {
    const store = open()
    async function* broken() {
      yield patterned(2 * frameLength)
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const about = { name: 'a', mediaType: 'b' }
    expect(await problemOf(() => store.files.stageStream(broken(), about, 'original'))).toBe('DISK_FULL')
    expect(readdirSync(store.folder)).toEqual([])
    store.close()
  })

  const at = (frame: number): number => headerLength + frame * sealedFrameLength
  const attacks: [string, (path: string, other: string) => void][] = [
    ['cut at a frame border', (path) => truncateSync(path, at(2))],
    ['cut inside a frame', (path) => truncateSync(path, at(2) + 100)],
    ['emptied', (path) => truncateSync(path, 0)],
    ['removed', (path) => rmSync(path)],
    ['lengthened', (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(20)]))],
    ['replaced by another encrypted file', (path, other) => copyFileSync(other, path)],
    [
      'reordered',
      (path) => {
        const bytes = readFileSync(path)
        const swapped = [
          bytes.subarray(0, at(0)),
          bytes.subarray(at(1), at(2)),
          bytes.subarray(at(0), at(1)),
          bytes.subarray(at(2)),
        ]
        writeFileSync(path, Buffer.concat(swapped))
      },
    ],
  ]
  test.each(attacks)('one that was %s is refused as damaged', async (_, attack) => {
    const store = open()
    const id = store.add(patterned(2 * frameLength + 50))
    const other = store.add(patterned(2 * frameLength + 50))
    attack(store.pathOf(id), store.pathOf(other))
    expect(await problemOf(() => store.read(id))).toBe('DATABASE_DAMAGED')
    expect(store.read(other)).toHaveLength(2 * frameLength + 50)
    store.close()
  })

  test('any flipped bit is noticed', () => {
    const store = open()
    const id = store.add(patterned(frameLength + 500))
    const path = store.pathOf(id)
    const whole = readFileSync(path)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(whole)
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        writeFileSync(path, changed)
        expect(() => store.read(id)).toThrow(/damaged/)
      }),
      { seed: 21, numRuns: 60 },
    )
    store.close()
  })

  test('one whose transaction fails has no row, and the next start sweeps it', () => {
    const store = open()
    const kept = store.add(patterned(10))
    store.add(patterned(10), 'temporary')
    expect(() =>
      writeTo(store, (tx) => {
        store.files.stage({ name: 'a', mediaType: 'b', bytes: patterned(10) }, 'attachment').insert(tx)
        throw new Error('the business failed')
      }),
    ).toThrow('the business failed')
    writeFileSync(join(store.folder, 'left-behind.part'), 'x')
    expect(writeTo(store, (tx) => store.files.sweep(tx))).toBe(3)
    expect(readdirSync(store.folder)).toEqual([kept])
    store.close()
  })

  test('dropping removes the row at once and the bytes only after the commit', async () => {
    const store = open()
    insertConversation(store)
    insertMessage(store, 'm1', 'see attached')
    const id = store.add(patterned(10))
    store.queries.insert(messageFiles).values({ messageId: 'm1', fileId: id, position: 0 }).run()
    expect(() =>
      writeTo(store, (tx) => {
        store.files.drop(tx, id)
        throw new Error('changed my mind')
      }),
    ).toThrow()
    expect(store.read(id)).toHaveLength(10)
    writeTo(store, (tx) => store.files.drop(tx, id))
    expect(existsSync(store.pathOf(id))).toBe(false)
    expect(await problemOf(() => store.read(id))).toBe('NOT_FOUND')
    store.close()
  })
})
