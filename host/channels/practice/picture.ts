import { crc32, deflateSync } from 'node:zlib'

const cell = 28
const gap = 6
const colours = { paper: [250, 249, 246], kept: [72, 151, 110], missed: [226, 224, 217] } as const

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A habit tracker as a PNG: one row a week, one square a day, filled on the days the habit was kept. */
export const drawHabitGrid = (weeks: readonly string[]): Uint8Array => {
  const columns = Math.max(...weeks.map((week) => week.length))
  const width = columns * (cell + gap) + gap
  const height = weeks.length * (cell + gap) + gap
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3)
    for (let x = 0; x < width; x += 1) row.set(colourAt(weeks, x, y), 1 + x * 3)
    return row
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a channel, plain RGB.
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const colourAt = (weeks: readonly string[], x: number, y: number): readonly number[] => {
  const pitch = cell + gap
  if (x % pitch < gap || y % pitch < gap) return colours.paper
  const day = weeks[Math.floor(y / pitch)]?.[Math.floor(x / pitch)]
  return day === undefined ? colours.paper : day === 'x' ? colours.kept : colours.missed
}
