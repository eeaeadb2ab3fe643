import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyBackup } from '../../../db/backup.ts'
import { openByPassphrase, readEnvelope } from '../../../db/envelope.ts'
import { filesBelow, problemOf, temporaryFolder, writeTo } from '../store/folder.ts'
import { contents, insertMessage } from '../store/rows.ts'
import { hurriedClock, passphrase } from '../vault/vaults.ts'
import { attachment, backupsOn } from './data.ts'

const day = 24 * 3_600_000

describe('a backup', () => {
  test('holds everything, is verified, and is listed newest first', async () => {
    const { backups, time, changes, dataFolder } = await backupsOn(temporaryFolder(), { isNew: true })
    const first = await backups.create()
    time.pass(1000)
    const second = await backups.create()
    expect(first).toMatchObject({ reason: 'manual', messages: 100 })
    expect(first.folder).toBe(join(dataFolder, 'backups', 'opencoach-20310506-070809-manual'))
    expect(first.bytes).toBe([...filesBelow(first.folder).values()].reduce((sum, bytes) => sum + bytes.length, 0))
    expect((await backups.list()).rows).toEqual([second, first])
    expect(changes).toContainEqual({ topic: 'backups' })
    const envelope = readEnvelope(first.folder)
    if (!envelope) throw new Error('The envelope does not travel with the backup.')
    expect(verifyBackup(first.folder, await openByPassphrase(envelope, passphrase)).messages).toBe(100)
  })

  test('shares the bytes of attachments with the data instead of copying them', async () => {
    const { backups, fileId, dataFolder } = await backupsOn(temporaryFolder(), { isNew: true })
    const { folder } = await backups.create()
    const live = statSync(join(dataFolder, 'files', fileId))
    expect(statSync(join(folder, 'files', fileId)).ino).toBe(live.ino)
  })

  test('keeps an attachment that is dropped later', async () => {
    const { backups, fileId, vault } = await backupsOn(temporaryFolder(), { isNew: true })
    const { folder } = await backups.create()
    const store = vault.store()
    writeTo(store, (tx) => store.files.drop(tx, fileId))
    await backups.restore({ folder, secret: { passphrase } })
    expect(vault.store().files.read(vault.store().queries, fileId).bytes.equals(attachment)).toBe(true)
  })

  test('is written although one attachment is gone from the disk', async () => {
    const { backups, fileId, dataFolder, vault } = await backupsOn(temporaryFolder(), { isNew: true })
    rmSync(join(dataFolder, 'files', fileId))
    const { folder } = await backups.create()
    await backups.restore({ folder, secret: { passphrase } })
    expect(contents(vault.store())).toHaveLength(100)
  })

  test('is written one at a time, each whole', async () => {
    const { backups } = await backupsOn(temporaryFolder(), { isNew: true })
    const made = await Promise.all([backups.create(), backups.create(), backups.create()])
    expect(new Set(made.map((backup) => backup.folder)).size).toBe(3)
    expect((await backups.list()).rows).toHaveLength(3)
  })

  test('that cannot be written leaves nothing of itself and the earlier ones untouched', async () => {
    const { backups, dataFolder, backupFolder } = await backupsOn(temporaryFolder(), { isNew: true })
    await backups.create()
    const earlier = filesBelow(backupFolder)
    rmSync(join(dataFolder, 'keys.json'))
    expect(await problemOf(() => backups.create())).toBe('BACKUP_FAILED')
    expect(filesBelow(backupFolder)).toEqual(earlier)
    expect(readdirSync(backupFolder)).toHaveLength(1)
  })

  test('into a place that is no folder fails with a clear word', async () => {
    const folder = join(temporaryFolder(), 'not a folder')
    writeFileSync(folder, '')
    const { backups } = await backupsOn(temporaryFolder(), { isNew: true, folder })
    expect(await problemOf(() => backups.create())).toBe('BACKUP_FAILED')
  })

  test('needs the data to be open', async () => {
    const { backups } = await backupsOn(temporaryFolder())
    expect(await problemOf(() => backups.create())).toBe('LOCKED')
    expect((await backups.list()).rows).toEqual([])
  })
})

describe('daily backups', () => {
  test('are written once a day, the oldest going and the manual ones staying', async () => {
    const { backups, time } = await backupsOn(temporaryFolder(), { isNew: true, kept: 2 })
    await backups.create()
    for (let days = 0; days < 4; days += 1) {
      expect(await backups.runDaily()).toBe(true)
      time.pass(day / 24)
      expect(await backups.runDaily()).toBe(false)
      time.pass((day * 23) / 24)
    }
    const { rows } = await backups.list()
    expect(rows.map((row) => row.reason)).toEqual(['daily', 'daily', 'manual'])
    expect(rows.slice(0, 2).map((row) => time.clock.now() - row.createdAt)).toEqual([day, 2 * day])
  })

  test('go on although the clock was moved back', async () => {
    const { backups, time } = await backupsOn(temporaryFolder(), { isNew: true })
    await backups.runDaily()
    time.pass(-40 * day)
    expect(await backups.runDaily()).toBe(true)
  })
})

describe('restoring', () => {
  const backedUp = async () => {
    const source = await backupsOn(temporaryFolder(), { isNew: true })
    const { folder } = await source.backups.create()
    insertMessage(source.vault.store(), 'later', 'written after the backup')
    return { ...source, folder }
  }

  test('brings back the data as it was and keeps the present data beside it', async () => {
    const { backups, vault, folder, dataFolder, calls, fileId } = await backedUp()
    await backups.restore({ folder, secret: { passphrase } })
    expect(contents(vault.store())).toHaveLength(100)
    expect(vault.store().files.read(vault.store().queries, fileId).bytes.equals(attachment)).toBe(true)
    expect(calls).toEqual(['open', 'close', 'open'])
    const kept = readdirSync(dataFolder).filter((name) => name.startsWith('before-restore-'))
    expect(kept).toHaveLength(1)
    expect(readdirSync(join(dataFolder, kept[0] ?? '')).sort()).toEqual(['files', 'keys.json', 'opencoach.db'])
    expect(existsSync(join(dataFolder, 'incoming'))).toBe(false)

    const before = (await backups.list()).rows.find((row) => row.reason === 'before_restore')
    await backups.restore({ folder: before?.folder ?? '', secret: { passphrase } })
    expect(contents(vault.store())).toContain('written after the backup')
  })

  test('works on a new machine by the recovery phrase, and sets a passphrase for it', async () => {
    const { folder, phrase, fileId } = await backedUp()
    const other = await backupsOn(temporaryFolder())
    await other.backups.restore({ folder, secret: { phrase: phrase.join(' ') }, newPassphrase: 'for the new machine' })
    const store = other.vault.store()
    expect(contents(store)).toHaveLength(100)
    expect(store.files.read(store.queries, fileId).bytes.equals(attachment)).toBe(true)
    expect((await other.vault.status()).phraseConfirmed).toBe(true)
    await other.vault.close()

    const next = await backupsOn(other.dataFolder)
    await next.vault.unlock({ secret: { passphrase: 'for the new machine' } })
    expect(contents(next.vault.store())).toHaveLength(100)
    expect(readdirSync(other.dataFolder).some((name) => name.startsWith('before-restore-'))).toBe(false)
  })

  test('works while locked, after the passphrase of the present data was forgotten', async () => {
    const source = await backedUp()
    await source.vault.close()
    const next = await backupsOn(source.dataFolder)
    await next.backups.restore({ folder: source.folder, secret: { phrase: source.phrase.join(' ') } })
    expect(contents(next.vault.store())).toHaveLength(100)
  })

  test('works where the present database is damaged', async () => {
    const source = await backedUp()
    await source.vault.close()
    writeFileSync(join(source.dataFolder, 'opencoach.db'), 'spilled coffee'.repeat(1000))
    const next = await backupsOn(source.dataFolder)
    await next.backups.restore({ folder: source.folder, secret: { passphrase } })
    expect(contents(next.vault.store())).toHaveLength(100)
  })

  const flip = (file: string): void => {
    const bytes = readFileSync(file)
    const at = Math.floor(bytes.length / 2)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    rmSync(file)
    writeFileSync(file, bytes)
  }
  const manifestWith = (folder: string, change: (text: string) => string): void => {
    const file = join(folder, 'manifest.json')
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  }
  const fileIn = (folder: string): string => join(folder, 'files', readdirSync(join(folder, 'files'))[0] ?? '')
  const spoiled: [string, string, (folder: string) => void][] = [
    ['without its database', 'BACKUP_INVALID', (folder) => rmSync(join(folder, 'opencoach.db'))],
    ['without its wrapped keys', 'BACKUP_INVALID', (folder) => rmSync(join(folder, 'keys.json'))],
    ['without its list of contents', 'BACKUP_INVALID', (folder) => rmSync(join(folder, 'manifest.json'))],
    ['without an attachment', 'BACKUP_INVALID', (folder) => rmSync(fileIn(folder))],
    ['with a changed byte in its database', 'BACKUP_INVALID', (folder) => flip(join(folder, 'opencoach.db'))],
    ['with a changed byte in an attachment', 'BACKUP_INVALID', (folder) => flip(fileIn(folder))],
    ['with a changed byte in its wrapped keys', 'BACKUP_INVALID', (folder) => flip(join(folder, 'keys.json'))],
    [
      'with a changed count',
      'BACKUP_INVALID',
      (folder) => manifestWith(folder, (text) => text.replace('"messages": 100', '"messages": 101')),
    ],
    ['cut short', 'BACKUP_INVALID', (folder) => manifestWith(folder, (text) => text.slice(0, -40))],
    [
      'of a newer format',
      'NEWER_DATABASE',
      (folder) => manifestWith(folder, (text) => text.replace('"version": 1', '"version": 2')),
    ],
    [
      'that is another folder altogether',
      'BACKUP_INVALID',
      (folder) => {
        rmSync(folder, { recursive: true })
        mkdirSync(folder)
        writeFileSync(join(folder, 'holiday.jpg'), 'not a backup')
      },
    ],
    ['that is not there', 'BACKUP_INVALID', (folder) => rmSync(folder, { recursive: true })],
  ]
  test.each(spoiled)('refuses a backup %s and touches nothing', async (_, code, spoil) => {
    const { backups, vault, folder, dataFolder } = await backedUp()
    spoil(folder)
    const names = readdirSync(dataFolder).sort()
    expect(await problemOf(() => backups.restore({ folder, secret: { passphrase } }))).toBe(code)
    expect(readdirSync(dataFolder).sort()).toEqual(names)
    expect(contents(vault.store())).toContain('written after the backup')
  })

  test('refuses a wrong passphrase or phrase, slowly, and touches nothing', async () => {
    const time = hurriedClock()
    const source = await backedUp()
    const { backups, dataFolder } = await backupsOn(temporaryFolder(), { time })
    const { folder } = source
    expect(await problemOf(() => backups.restore({ folder, secret: { passphrase: 'not the one' } }))).toBe(
      'WRONG_SECRET',
    )
    expect(await problemOf(() => backups.restore({ folder, secret: { phrase: 'too short' } }))).toBe('BAD_PHRASE')
    expect(time.waits).toEqual([250])
    expect(readdirSync(dataFolder)).toEqual(['opencoach.lock'])
  })
})
