import { cpSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { startTranscriptionServer, type TranscriptionMisbehaviour } from '../../fakes/transcriptionServer.ts'
import { until } from '../../fixtures/testHost.ts'
import { temporaryFolder } from '../store/folder.ts'
import { at, openRecordings, recording, startService, stuckRoom } from './recordings.ts'

describe('a service that fails', () => {
  test.each<[TranscriptionMisbehaviour, RegExp]>([
    ['error_401', /does not accept this key\. Check it under Recordings in Settings\.$/u],
    ['error_404', /does not know this address or this model\./u],
    ['unreadable', /could not read this recording\. Save it as MP3 or M4A/u],
    ['too_large', /more than the transcription service takes at once\. Save its sound alone as MP3/u],
    ['too_large_at_once', /more than the transcription service takes at once\./u],
    ['quota', /quota at the transcription service is used up\./u],
    ['error_500', /trouble of its own and may have charged .* not sent again by itself/u],
    ['cut_before_answer', /closed the connection .* not sent again by itself/u],
    ['cut_mid_answer', /closed the connection .* not sent again by itself/u],
    ['html', /something that is no transcription\./u],
    ['error_as_answer', /something that is no transcription\./u],
    ['no_words', /heard no words in this recording\.$/u],
    ['huge', /far too much; it was dropped\./u],
  ])('(%s) is named in a sentence and not asked again by itself', async (trick, sentence) => {
    const service = await startService()
    service.misbehave(trick)
    const shelf = openRecordings(at(service))
    shelf.library.start()
    await shelf.upload('hour.mp3', recording(300_000))
    await shelf.settled()
    expect(shelf.only()).toMatchObject({ state: 'failed', problem: expect.stringMatching(sentence) })
    expect(shelf.only().problem).not.toContain('sk-')
    expect(shelf.ledger()).toHaveLength(1)
    expect(shelf.lines.join('\n')).not.toContain('sk-secret')
  })

  test('is asked again when the coach tries again', async () => {
    const service = await startService()
    service.misbehave('cut_mid_answer')
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    await shelf.library.act([documentId], 'retry')
    await shelf.settled()
    expect(shelf.only()).toMatchObject({ state: 'ready', problem: null })
    expect(service.requests).toHaveLength(2)
  })

  test('that is not there is named, with what to do', async () => {
    const service = await startTranscriptionServer()
    await service.close()
    const shelf = openRecordings(at(service))
    shelf.library.start()
    await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    expect(shelf.only().problem).toMatch(/did not answer\. Check its address under Recordings in Settings/u)
    expect(shelf.ledger()).toMatchObject([{ status: 'failed', code: 'MODEL_UNREACHABLE' }])
  })

  test('that is busy for a moment is waited for; one that stays busy is not asked for ever', async () => {
    const service = await startService()
    service.misbehave({ busyForMs: 20 }, { busyForMs: 20 })
    const shelf = openRecordings(at(service))
    shelf.library.start()
    await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    expect(shelf.only().state).toBe('ready')
    expect(shelf.ledger().map(({ code }) => code)).toEqual(['HTTP_429', 'HTTP_429', null])
    service.misbehaveAlways({ busyForMs: 20 })
    await shelf.upload('another.mp3', recording(5_000))
    await shelf.settled()
    expect(shelf.documents().find(({ fileName }) => fileName === 'another.mp3')?.problem).toMatch(
      /is busy\. Try again/u,
    )
    expect(service.requests).toHaveLength(6)
  })

  test('that never answers is given up on, and not asked again by itself', async () => {
    const service = await startService()
    service.misbehaveAlways('hang')
    const hasty: Clock = { ...systemClock, after: (ms, action) => systemClock.after(Math.min(ms, 300), action) }
    const shelf = openRecordings(at(service), { clock: hasty })
    shelf.library.start()
    await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    expect(shelf.only().problem).toMatch(/took too long and was stopped\. .*not sent again by itself/u)
    expect(shelf.ledger()).toMatchObject([{ status: 'failed', code: 'MODEL_TIMEOUT' }])
    expect(service.requests).toHaveLength(1)
  })
})

describe('a call under way', () => {
  const cancelling: [string, (shelf: ReturnType<typeof openRecordings>, id: string) => unknown][] = [
    ['pausing it', (shelf, id) => shelf.library.act([id], 'pause')],
    ['pausing everything', (shelf) => shelf.library.pauseAll()],
    ['removing it', (shelf, id) => shelf.library.act([id], 'remove')],
    ['closing the console', (shelf) => shelf.library.stop()],
  ]
  test.each(cancelling)('ends with %s', async (_name, cancel) => {
    const service = await startService()
    service.misbehaveAlways('hang')
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await until('the service was asked', () => service.requests.length === 1)
    await cancel(shelf, documentId)
    await until('the call ended', () => shelf.ledger()[0]?.status === 'failed')
    expect(shelf.ledger()).toMatchObject([{ code: 'STOPPED' }])
    expect(shelf.documents().map(({ problem }) => problem)).toEqual(shelf.documents().map(() => null))
  })
})

test('words that the disk had no room for are kept at the next try, and not paid for twice', async () => {
  const service = await startService()
  const shelf = openRecordings(at(service))
  shelf.sqlite.exec("CREATE TRIGGER full BEFORE INSERT ON document_texts BEGIN SELECT RAISE(ABORT, 'full'); END")
  shelf.library.start()
  const { documentId } = await shelf.upload('hour.mp3', recording())
  await shelf.settled()
  expect(shelf.only().state).toBe('failed')
  shelf.sqlite.exec('DROP TRIGGER full')
  await shelf.library.act([documentId], 'retry')
  await shelf.settled()
  expect(shelf.only().state).toBe('ready')
  expect(service.heard()).toBe(1)
})

describe('after a kill', () => {
  /** The data as it lies on the disk at this moment, as a kill would leave it. */
  const killed = ({ folder }: { folder: string }): string => {
    const copy = temporaryFolder()
    cpSync(folder, copy, { recursive: true })
    return copy
  }

  test('a recording that was heard is not sent again', async () => {
    const service = await startService()
    const first = openRecordings(at(service), { room: stuckRoom() })
    first.library.start()
    await first.upload('hour.mp3', recording())
    await until('its text is kept', () => first.only().state === 'chunking')
    const second = openRecordings(at(service), { folder: killed(first) })
    second.library.start()
    await second.settled()
    expect(second.only().state).toBe('ready')
    expect(service.heard()).toBe(1)
  })

  test('a call that was cut off is made again, but not for ever', async () => {
    const service = await startService()
    service.misbehaveAlways('hang')
    const first = openRecordings(at(service))
    first.library.start()
    await first.upload('hour.mp3', recording())
    await until('the service was asked', () => service.requests.length === 1)
    let folder = killed(first)
    for (let calls = 2; calls <= 3; calls += 1) {
      const next = openRecordings(at(service), { folder })
      next.library.start()
      await until('the service was asked again', () => service.requests.length === calls)
      folder = killed(next)
    }
    service.misbehaveAlways(null)
    const last = openRecordings(at(service), { folder })
    last.library.start()
    await last.settled()
    expect(last.only().problem).toMatch(/closed several times .* may have charged for it each time\. Try again/u)
    expect(service.requests).toHaveLength(3)
    await last.library.act([last.only().id], 'retry')
    await last.settled()
    expect(last.only().state).toBe('ready')
  })
})
