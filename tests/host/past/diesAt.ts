// Takes a file in and ends itself, as a crash would, before the n-th transaction.
import { manyLines, openPastRoom } from './pastRoom.ts'

const [folder = '', keyHex = '', writesBefore = '0'] = process.argv.slice(2)
let left = Number(writesBefore)
const room = openPastRoom(folder, Buffer.from(keyHex, 'hex'), {
  watch: (write) => (work) =>
    write((tx) => {
      const result = work(tx)
      if (left === 0) process.kill(process.pid, 'SIGKILL')
      left -= 1
      return result
    }),
})
await room.takeIn('lines.csv', manyLines(4_000))
room.close()
