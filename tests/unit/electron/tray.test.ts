import { describe, expect, test } from 'vitest'
import { countWords, showInTray } from '../../../electron/tray.ts'
import { drawIcon, iconSize } from '../../../electron/trayIcon.ts'

const pixel = (picture: Buffer, x: number, y: number) => [
  ...picture.subarray((y * iconSize + x) * 4, (y * iconSize + x) * 4 + 4),
]

describe('the console in the system’s bar', () => {
  test('says in words who needs the coach', () => {
    expect(countWords({ needsMe: 0, unread: 0 })).toBe('Nobody needs you')
    expect(countWords({ needsMe: 1, unread: 4 })).toBe('1 needs you, 4 unread')
    expect(countWords({ needsMe: 12, unread: 0 })).toBe('12 need you')
  })

  test('shows a dot while somebody does, on the same mark', () => {
    const [calm, calling] = [drawIcon(false), drawIcon(true)]
    expect(calm).toHaveLength(iconSize * iconSize * 4)
    expect(pixel(calm, 0, 0)).toEqual([0, 0, 0, 0])
    expect(pixel(calm, 16, 16)).toEqual([98, 111, 47, 255])
    expect(pixel(calling, 16, 16)).toEqual(pixel(calm, 16, 16))
    expect(pixel(calling, 24, 8)).not.toEqual(pixel(calm, 24, 8))
  })

  test('every pixel is a colour that its cover allows', () => {
    for (const picture of [drawIcon(false), drawIcon(true)]) {
      for (let at = 0; at < picture.length; at += 4) {
        const [blue = 0, green = 0, red = 0, cover = 0] = picture.subarray(at, at + 4)
        expect(Math.max(blue, green, red)).toBeLessThanOrEqual(cover)
      }
    }
  })

  test('is simply not there where the system has no bar', () => {
    const none = () => {
      throw new Error('no bar')
    }
    const tray = showInTray({
      createTray: none,
      buildMenu: none,
      createImage: none,
      platform: 'linux',
      open: () => undefined,
      quit: () => undefined,
    })
    expect(() => tray.count({ needsMe: 1, unread: 1 })).not.toThrow()
  })
})
