import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createBackups } from '../../../host/backups/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import type { OpenStore } from '../../../host/vault/index.ts'
import { writeTo } from '../store/folder.ts'
import { insertConversation, insertMessage } from '../store/rows.ts'
import { hurriedClock, passphrase, vaultOn } from '../vault/vaults.ts'

export const attachment = Buffer.alloc(150_000, 'the plan for May ')

/** A vault and its backups on a folder; with `isNew`, its data is made and filled first. */
export const backupsOn = async (
  dataFolder: string,
  {
    isNew = false,
    kept = 3,
    folder = '',
    ...parts
  }: { isNew?: boolean; kept?: number; folder?: string } & Parameters<typeof vaultOn>[1] = {},
) => {
  const time = parts.time ?? hurriedClock()
  const opened = vaultOn(dataFolder, { ...parts, time })
  const { vault } = opened
  await vault.start()
  const backups = createBackups({
    vault,
    clock: time.clock,
    log: silentLog,
    publish: (batch) => void opened.changes.push(...batch),
    settings: () => ({ folder, kept }),
  })
  const phrase = isNew ? (await vault.create({ coachName: 'Mara', passphrase })).phrase : []
  const fileId = isNew ? fill(vault.store()) : ''
  onTestFinished(() => vault.close())
  return { ...opened, backups, phrase, fileId, dataFolder, backupFolder: folder || join(dataFolder, 'backups') }
}

const fill = (store: OpenStore): string => {
  insertConversation(store)
  return writeTo(store, (tx) => {
    for (let index = 0; index < 100; index += 1) insertMessage(store, `m${index}`, `message ${index}`)
    const staged = store.files.stage({ name: 'plan.txt', mediaType: 'text/plain', bytes: attachment }, 'attachment')
    return staged.insert(tx, 'c1')
  })
}
