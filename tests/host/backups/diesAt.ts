// Runs one act on a data folder and ends itself, as a crash would, at the n-th change it makes to the disk.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [act = '', dataFolder = '', keyHex = '', callsBefore = '0'] = process.argv.slice(2)
let left = Number(callsBefore)
for (const name of ['renameSync', 'linkSync', 'fsyncSync', 'copyFileSync', 'rmSync'] as const) {
  const original: (...args: never[]) => unknown = fs[name]
  Object.assign(fs, {
    [name]: (...args: never[]) => {
      if (left === 0) process.kill(process.pid, 'SIGKILL')
      left -= 1
      return original(...args)
    },
  })
}
syncBuiltinESMExports()

const { writeBackup } = await import('../../../db/backup.ts')
const { swapIn } = await import('../../../db/swap.ts')
const key = Buffer.from(keyHex, 'hex')
if (act === 'backup') {
  writeBackup({
    dataFolder,
    backupFolder: `${dataFolder}/backups`,
    key,
    reason: 'manual',
    createdAt: 2_000_000_000_000,
  })
} else {
  swapIn(dataFolder, 'before-restore-1')
}
