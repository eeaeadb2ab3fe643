import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromField, isSystemFile } from '../../../renderer/features/library/adding/collect.ts'
import { sumWords } from '../../../renderer/features/library/adding/uploadWords.ts'
import { folderTree } from '../../../renderer/features/library/documents/folderTree.ts'
import { steadyRows } from '../../../renderer/features/library/documents/steadyRows.ts'
import { linesOf } from '../../../renderer/features/library/page/pieces.ts'
import { leftWords, placeInRecording } from '../../../renderer/features/library/words.ts'

describe('folders', () => {
  test('a folder counts what lies in it and in the folders within, and one that only holds folders is there too', () => {
    const tree = folderTree([
      { folder: '', documents: 9 },
      { folder: 'Courses/Week 10', documents: 1 },
      { folder: 'Courses/Week 2', documents: 2 },
      { folder: 'Books', documents: 4 },
      { folder: 'Courses/Week 2/Slides', documents: 8 },
    ])
    expect(tree.map(({ path, level, documents }) => [path, level, documents])).toEqual([
      ['Books', 0, 4],
      ['Courses', 0, 11],
      ['Courses/Week 2', 1, 10],
      ['Courses/Week 2/Slides', 2, 8],
      ['Courses/Week 10', 1, 1],
    ])
  })

  test('whatever folders are called, each stands below its parent, and the top ones add up to all', () => {
    const step = fc.stringMatching(/^[^/]{1,6}$/)
    const folder = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'))
    const folders = fc.uniqueArray(fc.record({ folder, documents: fc.nat(50) }), { selector: (each) => each.folder })
    fc.assert(
      fc.property(folders, (given) => {
        const tree = folderTree(given)
        const paths = tree.map(({ path }) => path)
        expect(new Set(paths).size).toBe(paths.length)
        for (const [index, { path, level }] of tree.entries()) {
          expect(path.split('/').length).toBe(level + 1)
          const parent = path.split('/').slice(0, -1).join('/')
          if (parent !== '') expect(paths.slice(0, index)).toContain(parent)
        }
        const top = tree.filter(({ level }) => level === 0).reduce((sum, each) => sum + each.documents, 0)
        expect(top).toBe(given.reduce((sum, each) => sum + each.documents, 0))
      }),
      { seed: 4 },
    )
  })
})

describe('a list under the hands of the coach', () => {
  const row = (id: string) => ({ id })

  test('what comes in above waits, what leaves is gone, and what follows at the end is let in', () => {
    const steady = steadyRows(['a', 'b', 'c'], ['new', 'c', 'a', 'd'].map(row))
    expect(steady).toEqual({ rows: ['a', 'c', 'd'].map(row), waiting: 1 })
  })

  test('no row that stays ever changes its place among the others', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
    fc.assert(
      fc.property(ids, ids, (shown, now) => {
        const { rows, waiting } = steadyRows(shown, now.map(row))
        const after = rows.map(({ id }) => id)
        expect(after.filter((id) => shown.includes(id))).toEqual(shown.filter((id) => now.includes(id)))
        expect(after.length + waiting).toBe(now.length)
      }),
      { seed: 4 },
    )
  })
})

describe('adding files', () => {
  test.each([
    ['.DS_Store', true],
    ['._lecture.pdf', true],
    ['~$notes.docx', true],
    ['Thumbs.db', true],
    ['desktop.ini', true],
    ['__MACOSX', true],
    ['notes.docx', false],
    ['Über mich.pdf', false],
  ])('%s is kept by a system: %s', (name, isKept) => {
    expect(isSystemFile(name)).toBe(isKept)
  })

  test('the files of a chosen folder keep its name and what lies within; what a system keeps and pictures are left out', () => {
    const file = (path: string) => {
      const made = new File(['x'], path.split('/').at(-1) ?? '', { type: path.endsWith('.jpg') ? 'image/jpeg' : '' })
      Object.defineProperty(made, 'webkitRelativePath', { value: path })
      return made
    }
    const list = [
      'Week 1/a.md',
      'Week 1/Slides/b.pptx',
      'Week 1/photo.jpg',
      'Week 1/.DS_Store',
      'Week 1/.git/config',
      'alone.jpg',
    ].map(file)
    const chosen = Object.assign(list, { item: (index: number) => list[index] ?? null })
    const { files, systemFiles, pictures } = fromField(chosen, 'Courses')
    expect(files.map((each) => `${each.folder}/${each.file.name}`)).toEqual([
      'Courses/Week 1/a.md',
      'Courses/Week 1/Slides/b.pptx',
      'Courses/alone.jpg',
    ])
    expect({ systemFiles, pictures }).toEqual({ systemFiles: 2, pictures: 1 })
  })

  test('the sums are told in one sentence, and nothing is said of what did not happen', () => {
    const nothing = { added: 0, updated: 0, same: [], failed: [], stopped: 0, systemFiles: 0, pictures: 0 }
    expect(sumWords(nothing)).toBeNull()
    expect(sumWords({ ...nothing, added: 812, same: Array(14), failed: Array(3) })).toBe(
      '812 added, 14 already here, 3 could not be read',
    )
    expect(sumWords({ ...nothing, added: 1_200, pictures: 3, systemFiles: 1 })).toBe(
      '1,200 added, 3 pictures left out, 1 system file left out',
    )
  })
})

test('a text cut into lines keeps every letter and every mark', () => {
  const piece = fc.record({ text: fc.stringMatching(/^[a-c\n]{0,8}$/), marked: fc.boolean() })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const letters = (of: readonly { text: string; marked: boolean }[]) =>
        of.flatMap(({ text, marked }) => [...text].filter((sign) => sign !== '\n').map((sign) => `${sign}${marked}`))
      expect(letters(linesOf(pieces).flat())).toEqual(letters(pieces))
      expect(
        linesOf(pieces)
          .flatMap((line) => line.map(({ text }) => text))
          .join(''),
      ).not.toContain('\n')
    }),
    { seed: 4 },
  )
})

test.each([
  [null, null],
  [12, 'less than a minute left'],
  [70, 'about a minute left'],
  [240, 'about 4 minutes left'],
  [7_200, 'about 2 hours left'],
])('%s seconds of reading are told as %s', (seconds, words) => {
  expect(leftWords(seconds)).toBe(words)
})

test('a place in a recording is told as players tell it', () => {
  expect([5, 245, 3_845].map(placeInRecording)).toEqual(['0:05', '4:05', '1:04:05'])
})
