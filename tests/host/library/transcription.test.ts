import { describe, expect, test } from 'vitest'
import { until } from '../../fixtures/testHost.ts'
import { at, openRecordings, recording, startService, stuckRoom } from './recordings.ts'

describe('a recording', () => {
  test('is turned into text with times, found by its words and shown at the place', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('Session with Ann Keller.mp3', recording())
    await shelf.settled()
    expect(shelf.only()).toMatchObject({ state: 'ready', kind: 'audio', problem: null })
    expect(shelf.found('marigold')).toHaveLength(1)
    const chunk = shelf.sqlite
      .prepare<[], { id: string; seconds: number }>("SELECT id, seconds FROM chunks WHERE text LIKE '%marigold%'")
      .get()
    const { blocks } = shelf.library.page({ documentId, chunkId: chunk?.id })
    expect(blocks.map(({ seconds }) => seconds)).toEqual([0, 95, 3_725])
    expect(service.complaints).toEqual([])
  })

  test('leaves byte for byte, without the name of its file', async () => {
    const service = await startService({ apiKey: 'sk-recordings' })
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const sound = recording(400_000)
    await shelf.upload('Session with Ann Keller.mp3', sound)
    await shelf.settled()
    const [request] = service.requests
    expect(request).toMatchObject({ model: 'whisper-1', format: 'verbose_json', fileName: 'recording.mp3' })
    expect(Buffer.compare(request?.sound ?? Buffer.alloc(0), sound)).toBe(0)
    expect(JSON.stringify(request?.headers)).not.toContain('Keller')
  })

  test('leaves under an ending that services know, whatever its own is', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service), { room: stuckRoom() })
    const named: [string, number[], string][] = [
      ['hour.mp4', [0, 0, 0, 24, ...Buffer.from('ftypisom')], 'recording.mp4'],
      ['hour.mov', [0, 0, 0, 24, ...Buffer.from('ftypqt  ')], 'recording.mp4'],
      ['hour.opus', [...Buffer.from('OggS')], 'recording.ogg'],
      ['hour.wav', [...Buffer.from('RIFF0000WAVE')], 'recording.wav'],
      ['hour.mkv', [0x1a, 0x45, 0xdf, 0xa3], 'recording.webm'],
      ['hour.aac', [0xff, 0xf1], 'recording.aac'],
    ]
    shelf.library.start()
    for (const [index, [fileName, head, sentAs]] of named.entries()) {
      const { documentId } = await shelf.upload(fileName, Buffer.concat([Buffer.from(head), Buffer.alloc(500, 9)]))
      await until(`${fileName} was heard`, () => service.requests.length === index + 1)
      expect(service.requests[index]?.fileName).toBe(sentAs)
      await shelf.library.act([documentId], 'remove')
    }
    expect(service.complaints).toEqual([])
  })

  test('is written down before it leaves, by its document and size, and no word of it is in ledger or log', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('Hour with Ann.mp3', recording(50_000))
    await shelf.settled()
    const [row] = shelf.ledger()
    expect(row).toMatchObject({
      purpose: 'transcription',
      destination: `${service.url}/audio/transcriptions`,
      client: null,
      status: 'ok',
      code: null,
    })
    expect(row?.sent).toBe(Number(service.requests[0]?.headers['content-length']))
    expect(JSON.parse(row?.payload ?? '')).toEqual({ model: 'whisper-1', document: documentId })
    const written = [...shelf.lines, JSON.stringify(shelf.ledger())].join('\n')
    for (const word of ['marigold', 'boundar', 'Ann', 'sk-recordings']) expect(written).not.toContain(word)
  })

  test.each([
    [['json', 'text'], [null]],
    [['text'], [null]],
  ])(
    'is asked for in a plainer form (%s) where the service knows no times, and from then on',
    async (formats, seconds) => {
      const service = await startService({ formats })
      const shelf = openRecordings(at(service))
      shelf.library.start()
      const { documentId } = await shelf.upload('hour.mp3', recording())
      await shelf.settled()
      expect(shelf.only()).toMatchObject({ state: 'ready', problem: null })
      expect(shelf.library.page({ documentId }).blocks.map((block) => block.seconds)).toEqual(seconds)
      await shelf.upload('another.mp3', recording(4_000))
      await shelf.settled()
      expect(service.requests.at(-1)?.format).toBe(formats[0])
      expect(service.requests.filter(({ format }) => format === 'verbose_json')).toHaveLength(1)
    },
  )

  test('with a new title is not sent again', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    shelf.library.update(documentId, { title: 'The hour about marigolds' })
    await shelf.settled()
    expect(shelf.only()).toMatchObject({ state: 'ready', contentVersion: 2 })
    expect(shelf.passages()[0]?.title).toBe('The hour about marigolds')
    expect(service.requests).toHaveLength(1)
  })
})

describe('times that make no sense', () => {
  test('are left out, and the words kept', async () => {
    const service = await startService()
    service.misbehave('not_a_number')
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    const { blocks } = shelf.library.page({ documentId })
    expect(blocks.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join(' ')).toContain('marigold')
    for (const { seconds } of blocks) expect(Number.isInteger(seconds)).toBe(true)
  })

  test('and come out of order are put in order', async () => {
    const service = await startService()
    service.misbehave('out_of_order')
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    expect(shelf.library.page({ documentId }).blocks.map(({ seconds }) => seconds)).toEqual([0, 95, 3_725])
  })

  test('such as the end of the world do not reach the database', async () => {
    const service = await startService()
    service.speak([
      { start: 1e300, end: 1e301, text: ' Before everything.' },
      { start: 7, end: 8, text: ' Seven seconds in.' },
    ])
    const shelf = openRecordings(at(service))
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await shelf.settled()
    expect(shelf.library.page({ documentId }).blocks.map(({ seconds }) => seconds)).toEqual([0, 7])
  })
})

describe('a recording too large for a service in the network', () => {
  const twentySixMegabytes = recording(26 * 1_024 * 1_024)

  test('stays here, with a sentence that says what to do', async () => {
    const shelf = openRecordings({ baseUrl: 'https://transcription.example/v1', apiKey: 'k', model: 'whisper-1' })
    shelf.library.start()
    await shelf.upload('day.mp3', twentySixMegabytes)
    await shelf.settled()
    expect(shelf.only().problem).toBe(
      'This recording has 26 MB, and the transcription service takes at most 25 MB at once. Save its sound alone as MP3 at 64 kbit/s, which is plenty for speech, or cut it into parts, and add those.',
    )
    expect(shelf.ledger()).toEqual([])
  })

  test('goes to one on this machine', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service))
    shelf.library.start()
    await shelf.upload('day.mp3', twentySixMegabytes)
    await shelf.settled()
    expect(shelf.only().state).toBe('ready')
    expect(service.requests[0]?.sound.length).toBe(twentySixMegabytes.length)
  })
})

describe('a recording only for a client marked sensitive', () => {
  const withClient = (shelf: ReturnType<typeof openRecordings>) =>
    shelf.sqlite.exec(
      `INSERT INTO coaches VALUES ('c','Robin',1);
       INSERT INTO clients (id, coach_id, name, is_sensitive, created_at, updated_at) VALUES ('ann','c','Ann',1,1,1)`,
    )

  test('never leaves for another machine', async () => {
    const shelf = openRecordings({ baseUrl: 'https://transcription.example/v1', apiKey: 'k', model: 'whisper-1' })
    withClient(shelf)
    shelf.library.start()
    await shelf.upload('hour.mp3', recording(), '', 'ann')
    await shelf.settled()
    expect(shelf.only().problem).toMatch(/only for a client marked sensitive, so it does not leave this machine\./u)
    expect(shelf.ledger()).toMatchObject([{ client: 'ann', status: 'blocked', sent: 0, payload: null }])
  })

  test('is turned into text by a service on this machine', async () => {
    const service = await startService()
    const shelf = openRecordings(at(service))
    withClient(shelf)
    shelf.library.start()
    await shelf.upload('hour.mp3', recording(), '', 'ann')
    await shelf.settled()
    expect(shelf.only().state).toBe('ready')
    expect(shelf.ledger()).toMatchObject([{ client: 'ann', status: 'ok' }])
  })

  test('is looked at anew each time that a busy service is asked again', async () => {
    const service = await startService()
    service.misbehave({ busyForMs: 200 })
    const shelf = openRecordings(at(service))
    withClient(shelf)
    shelf.library.start()
    const { documentId } = await shelf.upload('hour.mp3', recording())
    await until('it was refused', () => shelf.ledger()[0]?.status === 'failed')
    shelf.library.update(documentId, { clientId: 'ann' })
    await shelf.settled()
    expect(shelf.ledger().map(({ client }) => client)).toEqual([null, 'ann'])
  })
})
