import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeBackup } from '../../../db/backup.ts'
import type { Cipher } from '../../../db/cipher.ts'
import { newEnvelope, writeEnvelope } from '../../../db/envelope.ts'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { clients, composerTexts } from '../../../db/schema/index.ts'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import { createLog } from '../../../host/log/index.ts'
import { filesBelow, keyOf, temporaryFolder, writeTo } from './folder.ts'
import { insertConversation, insertMessage } from './rows.ts'

const canary = 'quincunx-heliotrope-7319'
const key = keyOf(9)

const utf16 = Buffer.from(canary, 'utf16le')
const forms = [Buffer.from(canary), utf16, Buffer.from(utf16).swap16()]
const showsCanary = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form))

const places = (folder: string): string[] =>
  [...filesBelow(folder)].filter(([, bytes]) => showsCanary(bytes)).map(([path]) => path)

/** Temporary files that have no name any more, of which only the open handle is left. */
const namelessFiles = (): Buffer[] =>
  readdirSync('/proc/self/fd').flatMap((handle) => {
    const path = `/proc/self/fd/${handle}`
    try {
      return readlinkSync(path).endsWith(' (deleted)') ? [readFileSync(path)] : []
    } catch {
      return []
    }
  })

/** What lies in nameless files in the middle of a sort that is much larger than its memory. */
const filesDuringSort = (sqlite: SqliteDatabase): Buffer[] => {
  sqlite.pragma('cache_size = -100')
  const sorted = sqlite.prepare('SELECT content FROM messages ORDER BY substr(content, -9), content DESC')
  for (const _ of sorted.iterate()) return namelessFiles()
  throw new Error('There was nothing to sort.')
}

/** Live data as a process leaves it while it runs: the database open, its WAL full, files kept. */
const liveCopy = (cipher: Cipher) => {
  const root = temporaryFolder()
  const data = join(root, 'data')
  mkdirSync(data)
  const slow: string[] = []
  const log = createLog((line) => slow.push(line))
  const file = join(data, 'opencoach.db')
  const database = openDatabase({ file, key, cipher, onSlowQuery: (query) => log('warn', 'slow_query', { ...query }) })
  migrate(database.sqlite)
  writeEnvelope(data, newEnvelope(key, 1).envelope)
  insertConversation(database)
  writeTo(database, ({ queries }) => {
    queries
      .update(clients)
      .set({ name: canary, about: `lives near ${canary}` })
      .run()
    queries.insert(composerTexts).values({ conversationId: 'c1', text: canary, updatedAt: 1 }).run()
    for (let index = 0; index < 20_000; index += 1)
      insertMessage(database, `m${index}`, `${canary} ${(index * 7919) % 100_003}`)
  })
  const files = createFileStore({ folder: join(data, 'files'), now: () => 1 })
  const bytes = Buffer.from(`${canary} `.repeat(9_000))
  writeTo(database, (tx) => {
    for (const purpose of ['attachment', 'temporary'] as const) {
      files.stage({ name: canary, mediaType: 'text/plain', bytes }, purpose).insert(tx, 'c1')
    }
  })
  database.sqlite.pragma('wal_checkpoint(PASSIVE)')
  database.queries
    .update(composerTexts)
    .set({ text: `${canary} again` })
    .run()
  return { ...database, root, data, log: () => slow.join('') }
}

// Reading the live files in this process would drop SQLite's locks on them; another process copies them.
const snapshot = (root: string): string => {
  const copy = `${root}-copy`
  spawnSync('cp', ['-r', root, copy])
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  return copy
}

test('no word of a message, a client or an attachment lies in plain bytes anywhere, a backup included', () => {
  const live = liveCopy('aegis')
  writeBackup({ dataFolder: live.data, backupFolder: join(live.data, 'backups'), key, reason: 'manual', createdAt: 1 })
  const copy = snapshot(live.root)
  const names = [...filesBelow(copy).keys()]
  expect(names).toContain('data/opencoach.db-wal')
  expect(names.filter((name) => name.includes('backups/') && name.endsWith('opencoach.db'))).toHaveLength(1)
  expect(names.filter((name) => name.startsWith('data/files/'))).toHaveLength(2)
  expect(places(copy)).toEqual([])
  expect(names.some((name) => name.includes(canary))).toBe(false)
  expect(live.log()).not.toContain(canary)
  live.close()
})

test('the same scan of an unencrypted twin finds it in the database and in the WAL', () => {
  const live = liveCopy('none')
  const found = places(snapshot(live.root))
  expect(found).toContain('data/opencoach.db')
  expect(found).toContain('data/opencoach.db-wal')
  live.close()
})

// Elsewhere a file without a name cannot be looked into; the pragma that prevents it is asserted at every open.
test.runIf(process.platform === 'linux')('a sort too large for its memory writes nothing beside the database', () => {
  const live = liveCopy('aegis')
  expect(filesDuringSort(live.sqlite).filter(showsCanary)).toEqual([])
  live.sqlite.pragma('temp_store = FILE')
  expect(filesDuringSort(live.sqlite).filter(showsCanary)).not.toEqual([])
  live.close()
})
