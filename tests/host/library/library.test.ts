import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { createReadingRoom, type ReadingRoom } from '../../../host/library/index.ts'
import { ReadingProblem } from '../../../host/reading/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { showParagraph, writePdf } from '../../fixtures/pdf.ts'
import { problemOf, temporaryFolder } from '../store/folder.ts'
import { openShelf, type Shelf } from './shelf.ts'

const story = (word: string, paragraphs = 30): string =>
  Array.from(
    { length: paragraphs },
    (_, index) =>
      `# Part ${index}\n\nHere ${word} speaks about step ${index} of the way. ${'It goes on calmly. '.repeat(20)}`,
  ).join('\n\n')

const only = (shelf: Shelf) => {
  const [document] = shelf.documents()
  if (!document) throw new Error('There is no document.')
  return document
}

const pdfOf = (text: string): Uint8Array =>
  writePdf({ pages: [{ content: showParagraph(text, { x: 72, y: 700, width: 400 }) }] })

const sentenceOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
  return 'no problem'
}

describe('a document that is added', () => {
  test('is read in the background, found by its words and shown page by page with the passage marked', async () => {
    const shelf = openShelf()
    shelf.library.start()
    const { outcome, documentId } = await shelf.upload('way.md', story('Marigold'), 'Courses/Spring')
    expect(outcome).toBe('added')
    await shelf.settled()
    const document = only(shelf)
    expect(document).toMatchObject({
      state: 'ready',
      folder: 'Courses/Spring',
      kind: 'markdown',
      problem: null,
      contentVersion: 1,
    })
    expect(shelf.found('marigold').length).toBe(document.passages)
    const chunk = shelf.sqlite
      .prepare<[], { id: string; text: string }>('SELECT id, text FROM chunks ORDER BY position LIMIT 1 OFFSET 1')
      .get()
    const page = shelf.library.page({ documentId, chunkId: chunk?.id })
    const marked = page.blocks.flatMap(({ pieces }) => pieces).filter((piece) => piece.marked)
    expect(marked.map(({ text }) => text).join('\n\n')).toBe(chunk?.text)
    expect(shelf.topics).toContain('library')
  })

  test('again with the same content costs nothing, under another name it is named as the same', async () => {
    const shelf = openShelf()
    shelf.library.start()
    await shelf.upload('way.md', story('Marigold'))
    await shelf.settled()
    expect(await shelf.upload('way.md', story('Marigold'))).toMatchObject({ outcome: 'unchanged' })
    expect(await shelf.upload('copy.md', story('Marigold'))).toMatchObject({
      outcome: 'duplicate',
      sameAs: only(shelf).title,
    })
    expect(shelf.documents()).toHaveLength(1)
  })

  test('and then changed in one place keeps the passages that did not change', async () => {
    const shelf = openShelf()
    shelf.library.start()
    await shelf.upload('way.md', story('Marigold', 80))
    await shelf.settled()
    const rows = () =>
      new Map(
        shelf.sqlite
          .prepare<[], { seq: number; hash: string }>('SELECT seq, content_hash AS hash FROM chunks')
          .all()
          .map(({ seq, hash }) => [hash, seq]),
      )
    const before = rows()
    await shelf.upload('way.md', story('Marigold', 80).replace('about step 40 of', 'about the turning of'))
    await shelf.settled()
    const after = rows()
    const kept = [...after].filter(([hash, seq]) => before.get(hash) === seq).length
    expect(kept).toBeGreaterThan(after.size - 5)
    expect(kept).toBeLessThan(after.size)
    expect(shelf.found('turning')).not.toEqual([])
    const { updates } = shelf.library.document(only(shelf).id)
    expect(updates[0]).toMatchObject({
      updateType: 'incremental',
      status: 'completed',
      chunksTotal: after.size,
      chunksUpdated: after.size - kept,
    })
  })

  test('for one client only is kept apart from the same content for all', async () => {
    const shelf = openShelf()
    shelf.sqlite.exec(
      `INSERT INTO coaches VALUES ('c','Robin',1); INSERT INTO clients (id, coach_id, name, created_at, updated_at) VALUES ('ann','c','Ann',1,1), ('ben','c','Ben',1,1)`,
    )
    await shelf.upload('plan.md', story('Marigold'), '', 'ann')
    expect(await shelf.upload('plan.md', story('Marigold'), '', 'ben')).toMatchObject({ outcome: 'added' })
    expect(
      shelf
        .documents()
        .map(({ clientName }) => clientName)
        .sort(),
    ).toEqual(['Ann', 'Ben'])
  })

  test('that cannot be read says why, and can be tried again', async () => {
    const shelf = openShelf()
    shelf.library.start()
    await shelf.upload('broken.pdf', '%PDF-1.7 and then nothing')
    await shelf.upload('empty.txt', '')
    await shelf.upload('letter.docx', 'this is no Word file')
    await shelf.upload('old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'))
    await shelf.settled()
    expect(shelf.documents().map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed'])
    for (const { problem } of shelf.documents()) expect(problem).toMatch(/\.$/u)
    const { id } = only(shelf)
    expect(await shelf.library.act([id], 'retry')).toBe(1)
    await shelf.settled()
    expect(shelf.library.document(id).document.state).toBe('failed')
  })

  test('that changes for the worse goes on serving as it was', async () => {
    const shelf = openShelf()
    shelf.library.start()
    await shelf.upload('way.pdf', pdfOf('Marigold speaks about the way.'))
    await shelf.settled()
    expect(only(shelf)).toMatchObject({ problem: null, state: 'ready' })
    await shelf.upload('way.pdf', '%PDF-1.7 and then nothing')
    await shelf.settled()
    expect(only(shelf).state).toBe('failed')
    expect(shelf.found('marigold')).toHaveLength(1)
    expect(shelf.library.page({ documentId: only(shelf).id }).blocks).not.toEqual([])
  })
})

describe('while documents are read', () => {
  test('pausing stops at once and resuming ends with the same library', async () => {
    const shelf = openShelf()
    for (let index = 0; index < 5; index += 1) await shelf.upload(`way-${index}.md`, story(`Marigold${index}`))
    shelf.library.start()
    shelf.library.pauseAll()
    expect(shelf.library.overview().progress).toMatchObject({ isPaused: true, total: 5 })
    const listed = (state: 'paused' | 'working') => shelf.library.list({ sort: 'title', limit: 10, state }).total
    expect([listed('paused'), listed('working')]).toEqual([5, 0])
    shelf.library.resumeAll()
    expect([listed('paused'), listed('working')]).toEqual([0, 5])
    await shelf.settled()
    expect(shelf.documents().every(({ state }) => state === 'ready')).toBe(true)
  })

  test('one document is paused and resumed by itself', async () => {
    const shelf = openShelf()
    const { documentId } = await shelf.upload('way.md', story('Marigold'))
    expect(await shelf.library.act([documentId], 'pause')).toBe(1)
    shelf.library.start()
    await shelf.settled()
    expect(only(shelf).state).toBe('paused')
    await shelf.library.act([documentId], 'resume')
    await shelf.settled()
    expect(only(shelf).state).toBe('ready')
  })

  test('a stop in the middle goes on from the stage that was reached', async () => {
    const folder = temporaryFolder()
    const real = createReadingRoom(1)
    const reads: string[] = []
    const room: ReadingRoom = {
      ...real,
      read: (sealed, kind, options, signal) => {
        reads.push(options.fileName)
        return real.read(sealed, kind, options, signal)
      },
      chunk: (_read, _title, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    }
    const first = openShelf({ folder, room })
    first.library.start()
    await first.upload('way.md', story('Marigold'))
    while (only(first).state !== 'chunking') await new Promise((resolve) => setTimeout(resolve, 10))
    await first.close()
    const second = openShelf({
      folder,
      room: { ...createReadingRoom(1), read: () => Promise.reject(new Error('It was read already.')) },
    })
    second.library.start()
    await second.settled()
    expect(only(second).state).toBe('ready')
    expect(reads).toEqual(['way.md'])
  })

  test('a document that brings the console down every time is left alone in the end', async () => {
    const shelf = openShelf()
    await shelf.upload('way.md', story('Marigold'))
    shelf.sqlite.exec("UPDATE documents SET state = 'reading', attempts = 4")
    shelf.library.start()
    await shelf.settled()
    expect(only(shelf).state).toBe('failed')
    expect(only(shelf).problem).toContain('stopped several times')
  })

  test('a document in which the console stopped twice comes last, alone, and only when it has run for a while', async () => {
    const clock = createFakeClock(1_000_000)
    const reads: string[] = []
    const waiting = new Map<string, () => void>()
    const room: ReadingRoom = {
      ...createReadingRoom(2),
      read: (_sealed, _kind, { fileName }, signal) => {
        reads.push(fileName)
        return new Promise((resolve, reject) => {
          waiting.set(fileName, () => reject(new ReadingProblem('no_text')))
          signal.addEventListener('abort', () => reject(signal.reason))
          void resolve
        })
      },
    }
    const shelf = openShelf({ room, clock })
    await shelf.upload('a.md', story('Suspect'))
    await shelf.upload('b.md', story('Marigold', 40))
    await shelf.upload('c.md', story('Dandelion', 50))
    shelf.sqlite.exec("UPDATE documents SET state = 'reading', attempts = 1 WHERE file_name = 'a.md'")
    shelf.library.start()
    expect(reads).toEqual(['b.md', 'c.md'])
    waiting.get('b.md')?.()
    await clock.advance(19_000)
    expect(reads).toEqual(['b.md', 'c.md'])
    await clock.advance(2_000)
    expect(reads).toEqual(['b.md', 'c.md'])
    waiting.get('c.md')?.()
    await clock.advance(0)
    expect(reads).toEqual(['b.md', 'c.md', 'a.md'])
  })

  test('a stop in good order counts against no document', async () => {
    const folder = temporaryFolder()
    const room: ReadingRoom = {
      ...createReadingRoom(1),
      read: (_sealed, _kind, _options, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    }
    const first = openShelf({ folder, room })
    await first.upload('way.md', story('Marigold'))
    await first.close()
    for (let times = 0; times < 6; times += 1) {
      const shelf = openShelf({ folder, room })
      shelf.library.start()
      expect(only(shelf).state).toBe('reading')
      await shelf.close()
    }
    const last = openShelf({ folder })
    last.library.start()
    await last.settled()
    expect(only(last).state).toBe('ready')
  })
})

describe('a watched folder', () => {
  const watched = async () => {
    const shelf = openShelf()
    shelf.library.start()
    const path = join(temporaryFolder(), 'Course material')
    mkdirSync(join(path, 'Week 1', '.hidden'), { recursive: true })
    writeFileSync(join(path, 'Week 1', 'notes.md'), story('Marigold'))
    writeFileSync(join(path, 'Week 1', '.hidden', 'no.md'), story('Hidden'))
    writeFileSync(join(path, 'photo.jpg'), 'not read')
    const id = await shelf.library.folders.watch(path)
    await shelf.library.folders.rescan(id)
    await shelf.settled()
    return { shelf, path, id }
  }

  test('brings in what can be read, with its folders, and follows changes', async () => {
    const { shelf, path, id } = await watched()
    expect(shelf.documents().map(({ fileName, folder, isWatched }) => ({ fileName, folder, isWatched }))).toEqual([
      { fileName: 'notes.md', folder: 'Course material/Week 1', isWatched: true },
    ])
    writeFileSync(join(path, 'Week 1', 'notes.md'), story('Dandelion'))
    await shelf.library.folders.rescan(id)
    await shelf.settled()
    expect(shelf.found('dandelion')).not.toEqual([])
    expect(shelf.found('marigold')).toEqual([])
  })

  test('does not bring back what the coach removed, nor forget what was deleted on the disk', async () => {
    const { shelf, path, id } = await watched()
    rmSync(join(path, 'Week 1', 'notes.md'))
    await shelf.library.folders.rescan(id)
    expect(shelf.documents()).toMatchObject([{ isSourceGone: true }])
    writeFileSync(join(path, 'Week 1', 'notes.md'), story('Marigold'))
    await shelf.library.folders.rescan(id)
    expect(shelf.documents()).toMatchObject([{ isSourceGone: false }])
    await shelf.library.act([only(shelf).id], 'remove')
    await shelf.library.folders.rescan(id)
    expect(shelf.documents()).toEqual([])
  })

  test('ends with or without its documents', async () => {
    const { shelf, id } = await watched()
    await shelf.library.folders.unwatch(id, false)
    expect(only(shelf).isWatched).toBe(false)
    expect(shelf.library.folders.list()).toEqual([])
  })

  test('that was kept and is watched again is the same documents, with what changed meanwhile', async () => {
    const { shelf, path, id } = await watched()
    await shelf.library.folders.unwatch(id, false)
    const kept = only(shelf).id
    const again = await shelf.library.folders.watch(path)
    await shelf.library.folders.rescan(again)
    await shelf.settled()
    expect(shelf.library.folders.list()).toMatchObject([{ id: again, documents: 1 }])
    expect(only(shelf)).toMatchObject({ id: kept, isWatched: true })
    await shelf.library.folders.unwatch(again, false)
    writeFileSync(join(path, 'Week 1', 'notes.md'), story('Dandelion'))
    await shelf.library.folders.rescan(await shelf.library.folders.watch(path))
    await shelf.settled()
    expect(only(shelf)).toMatchObject({ id: kept, isWatched: true, contentVersion: 2 })
    expect(shelf.found('dandelion')).not.toEqual([])
  })

  test('with the same file twice takes it in once, and reads the second only when it has changed', async () => {
    const { shelf, path, id } = await watched()
    const second = join(path, 'Week 1', 'second.md')
    writeFileSync(second, story('Marigold'))
    await shelf.library.folders.rescan(id)
    expect(shelf.documents()).toHaveLength(1)
    const staged = vi.spyOn(shelf.files, 'stageStream')
    await shelf.library.folders.rescan(id)
    expect(staged).not.toHaveBeenCalled()
    writeFileSync(second, story('Dandelion'))
    await shelf.library.folders.rescan(id)
    await shelf.settled()
    expect(staged).toHaveBeenCalledOnce()
    expect(shelf.documents().map(({ fileName }) => fileName)).toEqual(['notes.md', 'second.md'])
  })

  test('that is not there, is a file, is watched already or holds our own data is refused with a sentence', async () => {
    const { shelf, path } = await watched()
    const refusal = (folder: string) => sentenceOf(() => shelf.library.folders.watch(folder))
    expect(await refusal(join(path, 'nowhere'))).toContain('not there')
    expect(await refusal(join(path, 'photo.jpg'))).toContain('This is a file')
    expect(await refusal(join(path, 'Week 1'))).toContain('watches this already')
    for (const folder of [shelf.folder, parse(shelf.folder).root])
      expect(await refusal(folder)).toContain("OpenCoach's own data")
  })
})

describe('an upload', () => {
  test('that misses a part, is too long or never ends leaves nothing', async () => {
    const shelf = openShelf()
    const begin = (bytes: number) =>
      shelf.library.uploads.begin({ fileName: 'a.md', folder: '', bytes, tags: [], clientId: null }).uploadId
    const short = begin(10)
    shelf.library.uploads.append(short, 0, Buffer.from('12345'))
    expect(await problemOf(() => shelf.library.uploads.finish(short))).toBe('CONFLICT')
    const gap = begin(10)
    expect(await problemOf(() => shelf.library.uploads.append(gap, 5, Buffer.from('12345')))).toBe('CONFLICT')
    const long = begin(2)
    expect(await problemOf(() => shelf.library.uploads.append(long, 0, Buffer.from('12345')))).toBe('CONFLICT')
    shelf.library.uploads.cancel(begin(3))
    expect(await sentenceOf(() => begin(5 * 1024 ** 3))).toContain('too large')
    expect(shelf.documents()).toEqual([])
  })
})
