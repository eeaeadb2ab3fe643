/** Width and height of the picture in the system's bar, pixels. */
export const iconSize = 32

type Colour = readonly [red: number, green: number, blue: number]

const teal: Colour = [47, 111, 98]
const white: Colour = [255, 255, 255]
const amber: Colour = [233, 166, 83]
const corner = 10
const ring = { middle: 16, radius: 6.5, width: 3.4 } as const
const dot = { x: 24, y: 8, radius: 7 } as const
const samples = 4

const isInSquare = (x: number, y: number): boolean => {
  const beyond = (at: number) => Math.max(corner - at, at - (iconSize - corner), 0)
  return Math.hypot(beyond(x), beyond(y)) <= corner
}

const colourAt = (x: number, y: number, isCalling: boolean): Colour | null => {
  if (isCalling && Math.hypot(x - dot.x, y - dot.y) <= dot.radius) return amber
  if (!isInSquare(x, y)) return null
  const fromRing = Math.abs(Math.hypot(x - ring.middle, y - ring.middle) - ring.radius)
  return fromRing <= ring.width / 2 ? white : teal
}

const pixelAt = (column: number, row: number, isCalling: boolean): readonly number[] => {
  const sum = [0, 0, 0]
  let covered = 0
  for (let step = 0; step < samples * samples; step += 1) {
    const x = column + ((step % samples) + 0.5) / samples
    const y = row + (Math.floor(step / samples) + 0.5) / samples
    const colour = colourAt(x, y, isCalling)
    if (!colour) continue
    covered += 1
    colour.forEach((part, index) => {
      sum[index] = (sum[index] ?? 0) + part
    })
  }
  const [red = 0, green = 0, blue = 0] = sum.map((part) => Math.round(part / samples ** 2))
  return [blue, green, red, Math.round((covered / samples ** 2) * 255)]
}

/** The console's mark as premultiplied BGRA, with a dot while somebody needs the coach. */
export const drawIcon = (isCalling: boolean): Buffer =>
  Buffer.from(
    Array.from({ length: iconSize * iconSize }, (_pixel, index) =>
      pixelAt(index % iconSize, Math.floor(index / iconSize), isCalling),
    ).flat(),
  )
