import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** A place on the screens, in device-independent pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const windowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowState>

export const smallestWindow = { width: 900, height: 600 } as const
const usualWindow = { width: 1360, height: 860 } as const
// So much of the window has to lie on one screen that it can be seen and moved by its title.
const visible = { width: 200, height: 120 } as const

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)

const isReachable = (place: Area, screen: Area): boolean =>
  overlap(place.x, place.width, screen.x, screen.width) >= visible.width &&
  overlap(place.y, place.height, screen.y, screen.height) >= visible.height &&
  place.y >= screen.y

/** The saved place, fitted to the screens there are now; undefined when the window would be out of reach. */
export const fitToScreens = (saved: WindowState, screens: readonly Area[]): WindowState | undefined => {
  const screen = screens.find((candidate) => isReachable(saved, candidate))
  if (!screen) return undefined
  const width = Math.max(smallestWindow.width, Math.min(saved.width, screen.width))
  const height = Math.max(smallestWindow.height, Math.min(saved.height, screen.height))
  return { ...saved, width, height }
}

/** The saved state, or undefined where there is none or the file is not one of ours. */
export const readWindowState = (file: string): WindowState | undefined => {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Writes the state whole or not at all; losing it is no reason to trouble the coach. */
export const saveWindowState = (file: string, state: WindowState): void => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    return
  }
}

/** Size and place for a new window; without a place the system centres it. */
export const openingPlace = (
  saved: WindowState | undefined,
  screens: readonly Area[],
): { width: number; height: number; x?: number; y?: number } => {
  const fitted = saved && fitToScreens(saved, screens)
  return fitted ? { x: fitted.x, y: fitted.y, width: fitted.width, height: fitted.height } : { ...usualWindow }
}
