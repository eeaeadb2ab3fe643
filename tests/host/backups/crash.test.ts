import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyBackup, writeBackup } from '../../../db/backup.ts'
import { listBackups } from '../../../db/backupFormat.ts'
import { newEnvelope, writeEnvelope } from '../../../db/envelope.ts'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { recoverSwap, startIncoming } from '../../../db/swap.ts'
import { filesBelow, keyOf, temporaryFolder, writeTo } from '../store/folder.ts'
import { insertConversation, insertMessage } from '../store/rows.ts'

const key = keyOf(4)
const runUntil = (act: 'backup' | 'swap', folder: string, calls: number): NodeJS.Signals | null =>
  spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'diesAt.ts'), act, folder, Buffer.from(key).toString('hex'), String(calls)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  ).signal

test('a crash at any point of a backup leaves the earlier ones whole, shows no half of it, and the next works', () => {
  const folder = temporaryFolder()
  const backupFolder = join(folder, 'backups')
  const database = openDatabase({ file: join(folder, 'opencoach.db'), key })
  migrate(database.sqlite)
  writeEnvelope(folder, newEnvelope(key, 1).envelope)
  insertConversation(database)
  insertMessage(database, 'm1', 'hello')
  const files = createFileStore({ folder: join(folder, 'files'), now: () => 1 })
  for (const name of ['a', 'b']) {
    const staged = files.stage({ name, mediaType: 'text/plain', bytes: Buffer.from(name) }, 'attachment')
    writeTo(database, (tx) => staged.insert(tx))
  }
  database.close()
  const order = { dataFolder: folder, backupFolder, key, createdAt: 1_900_000_000_000 }
  const first = writeBackup({ ...order, reason: 'manual' })

  let crashes = 0
  for (let calls = 0; runUntil('backup', folder, calls) === 'SIGKILL'; calls += 1) {
    crashes += 1
    const listed = listBackups(backupFolder)
    expect(listed.at(-1)?.folder).toBe(first.folder)
    for (const backup of listed) verifyBackup(backup.folder, key)
  }
  expect(crashes).toBeGreaterThan(6)
  writeBackup({ ...order, reason: 'daily' })
  expect(readdirSync(backupFolder).filter((name) => name.startsWith('.partial-'))).toEqual([])
  for (const backup of listBackups(backupFolder)) verifyBackup(backup.folder, key)
}, 180_000)

test('after a crash at any point of a restore the data is wholly the old or wholly the new, and nothing is lost', () => {
  const lay = (folder: string, word: string, names: readonly string[]) => {
    for (const name of names) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), word)
    }
  }
  const oldNames = ['opencoach.db', 'opencoach.db-wal', 'keys.json', 'key', 'files/a', 'files/b']
  const newNames = ['opencoach.db', 'keys.json', 'files/a', 'files/c']
  const start = temporaryFolder()
  lay(start, 'old', oldNames)
  lay(startIncoming(start), 'new', newNames)

  const seen = new Set<string>()
  for (let calls = 0, signal: NodeJS.Signals | null = 'SIGKILL'; signal === 'SIGKILL'; calls += 1) {
    const folder = temporaryFolder()
    cpSync(start, folder, { recursive: true })
    signal = runUntil('swap', folder, calls)
    recoverSwap(folder)
    const found = new Map([...filesBelow(folder)].map(([path, bytes]) => [path, bytes.toString()]))
    const live = [...found].filter(([path]) => !path.startsWith('before-restore-1/'))
    const words = new Set(live.map(([, word]) => word))
    expect(words.size).toBe(1)
    const word = [...words][0] ?? ''
    expect(live.map(([path]) => path).sort()).toEqual([...(word === 'old' ? oldNames : newNames)].sort())
    const kept = word === 'new' ? oldNames.map((name) => found.get(`before-restore-1/${name}`)) : ['old']
    expect(new Set(kept)).toEqual(new Set(['old']))
    seen.add(word)
  }
  expect([...seen].sort()).toEqual(['new', 'old'])
}, 180_000)
