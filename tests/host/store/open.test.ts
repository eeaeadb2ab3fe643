import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { databaseVersion, latestVersion, migrate } from '../../../db/migrate.ts'
import { migrations } from '../../../db/migrations/index.ts'
import { type OpenedDatabase, openDatabase, openMigrated } from '../../../db/open.ts'
import { toStoreProblem } from '../../../db/storeProblem.ts'
import { keyOf, problemOf, temporaryFolder, writeTo } from './folder.ts'
import { contents, insertConversation, insertMessage } from './rows.ts'

const key = keyOf(7)

const filled = (messages = 200): string => {
  const file = join(temporaryFolder(), 'opencoach.db')
  const database = openDatabase({ file, key })
  migrate(database.sqlite)
  insertConversation(database)
  writeTo(database, () => {
    for (let index = 0; index < messages; index += 1)
      insertMessage(database, `m${index}`, `message ${index}`.repeat(20))
  })
  database.close()
  return file
}

const using = <T>(file: string, work: (database: OpenedDatabase) => T): T => {
  const database = openDatabase({ file, key })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

describe('opening the database', () => {
  test('keeps what was written, in a file that does not look like a database', () => {
    const file = filled(3)
    expect(readFileSync(file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    expect(using(file, contents)).toHaveLength(3)
  })

  test('another key does not open it and changes no byte', async () => {
    const file = filled(3)
    const before = readFileSync(file)
    expect(await problemOf(() => openDatabase({ file, key: keyOf(8) }))).toBe('DATABASE_FOREIGN')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('an unencrypted database and a text file are foreign and stay as they are', async () => {
    const plain = join(temporaryFolder(), 'opencoach.db')
    const other = new Database(plain)
    other.exec('CREATE TABLE theirs (a)')
    other.close()
    const text = join(temporaryFolder(), 'opencoach.db')
    writeFileSync(text, 'my shopping list\n'.repeat(2000))
    for (const file of [plain, text]) {
      const before = readFileSync(file)
      expect(await problemOf(() => openDatabase({ file, key }))).toBe('DATABASE_FOREIGN')
      expect(readFileSync(file).equals(before)).toBe(true)
    }
  })

  test.each([1, 2, 10])('a file cut short after %i pages is called damaged and is not touched', async (pages) => {
    const file = filled()
    truncateSync(file, pages * 4096)
    const before = readFileSync(file)
    expect(await problemOf(() => openDatabase({ file, key }))).toBe('DATABASE_DAMAGED')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a file of a newer version is refused with every byte unchanged', async () => {
    const file = filled(3)
    using(file, ({ sqlite }) => sqlite.pragma(`user_version = ${latestVersion + 1}`))
    const before = readFileSync(file)
    expect(await problemOf(() => openDatabase({ file, key }))).toBe('NEWER_DATABASE')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a folder that cannot be written to is named as such', async () => {
    const blocked = join(temporaryFolder(), 'data')
    writeFileSync(blocked, 'a file where the folder should be')
    expect(await problemOf(() => openDatabase({ file: join(blocked, 'opencoach.db'), key }))).toBe('READ_ONLY')
  })

  test('a full disk fails the write with DISK_FULL and loses nothing saved before', async () => {
    const file = filled(3)
    using(file, (database) => {
      const pages = Number(database.sqlite.pragma('page_count', { simple: true }))
      database.sqlite.pragma(`max_page_count = ${pages}`)
      let failure: unknown
      try {
        writeTo(database, () => insertMessage(database, 'big', 'x'.repeat(1_000_000)))
      } catch (error) {
        failure = error
      }
      expect(toStoreProblem(failure).code).toBe('DISK_FULL')
      expect(contents(database)).toHaveLength(3)
    })
    expect(using(file, contents)).toHaveLength(3)
  })

  test('what was committed before a crash is read from the WAL', () => {
    const folder = temporaryFolder()
    const database = openDatabase({ file: join(folder, 'a.db'), key })
    migrate(database.sqlite)
    insertConversation(database)
    insertMessage(database, 'm1', 'still here')
    for (const end of ['', '-wal']) writeFileSync(join(folder, `b.db${end}`), readFileSync(join(folder, `a.db${end}`)))
    database.close()
    expect(using(join(folder, 'b.db'), contents)).toEqual(['still here'])
  })
})

describe('the slow-query log', () => {
  const slow =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) AS top, ? AS name FROM n'

  test('reports the text of a slow statement and never a value', () => {
    const seen: { sql: string; ms: number }[] = []
    const database = openDatabase({
      file: join(temporaryFolder(), 'a.db'),
      key,
      onSlowQuery: (query) => seen.push(query),
    })
    const row = database.sqlite.prepare(`${slow} WHERE 'a client wrote this' <> ''`).get('secret value')
    database.sqlite.prepare('SELECT 1').get()
    database.close()
    expect(row).toEqual({ top: 3_000_000, name: 'secret value' })
    expect(seen).toHaveLength(1)
    expect(seen[0]?.sql).toContain('WITH RECURSIVE')
    expect(seen[0]?.ms).toBeGreaterThan(50)
    expect(JSON.stringify(seen)).not.toMatch(/secret value|a client wrote/)
  })
})

describe('migrations', () => {
  const parentAndChild = `
    CREATE TABLE parents (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE children (id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES parents(id) ON DELETE CASCADE);
    INSERT INTO parents VALUES ('p', 'Noor');
    INSERT INTO children VALUES ('a', 'p'), ('b', 'p');`
  const rebuildParent = `
    CREATE TABLE rebuilt (id TEXT PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
    INSERT INTO rebuilt (id, name) SELECT id, name FROM parents;
    DROP TABLE parents;
    ALTER TABLE rebuilt RENAME TO parents;`

  test('one that rebuilds a parent table keeps its children', () => {
    const database = openDatabase({ file: join(temporaryFolder(), 'a.db'), key })
    migrate(database.sqlite, [parentAndChild])
    migrate(database.sqlite, [parentAndChild, rebuildParent])
    expect(database.sqlite.prepare('SELECT id FROM children ORDER BY id').pluck().all()).toEqual(['a', 'b'])
    expect(database.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(databaseVersion(database.sqlite)).toBe(2)
    database.close()
  })

  test('one that would orphan rows is undone whole', () => {
    const database = openDatabase({ file: join(temporaryFolder(), 'a.db'), key })
    migrate(database.sqlite, [parentAndChild])
    expect(() => migrate(database.sqlite, [parentAndChild, "DELETE FROM parents WHERE id = 'p'"])).toThrow(/without/)
    expect(database.sqlite.prepare('SELECT count(*) FROM parents').pluck().get()).toBe(1)
    expect(databaseVersion(database.sqlite)).toBe(1)
    database.close()
  })

  test('existing data is backed up first, and left alone where that fails', async () => {
    const file = filled(3)
    const steps = [...migrations, 'CREATE TABLE added (id TEXT)']
    const refuse = () => Promise.reject(new Error('no room'))
    expect(await problemOf(() => openMigrated({ file, key }, refuse, steps))).toBe('INTERNAL')
    expect(using(file, ({ sqlite }) => databaseVersion(sqlite))).toBe(latestVersion)

    const versions: number[] = []
    const open = (known: readonly string[]) =>
      openMigrated(
        { file, key },
        (version) => {
          versions.push(version)
          return Promise.resolve()
        },
        known,
      )
    const database = await open(steps)
    expect(versions).toEqual([latestVersion])
    expect(contents(database)).toHaveLength(3)
    database.close()
    expect(await problemOf(() => open(migrations))).toBe('NEWER_DATABASE')
  })

  test('a new file and an up-to-date one need no backup', async () => {
    const file = join(temporaryFolder(), 'a.db')
    const refuse = () => Promise.reject(new Error('must not be asked'))
    for (const _ of [1, 2]) (await openMigrated({ file, key }, refuse)).close()
    expect(using(file, ({ sqlite }) => databaseVersion(sqlite))).toBe(latestVersion)
  })
})
