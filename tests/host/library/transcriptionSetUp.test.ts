import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'
import { recording, startService } from './recordings.ts'

describe('setting up a service', () => {
  const addRecording = async ({ client }: TestHost, fileName = 'hour.mp3', sound = recording()) => {
    const about = { fileName, folder: '', bytes: sound.length, tags: [], clientId: null }
    const { uploadId } = await client.library.beginUpload(about)
    await client.library.appendUpload({ uploadId, offset: 0, base64: Buffer.from(sound).toString('base64') })
    return (await client.library.finishUpload({ uploadId })).documentId
  }
  const house = async () => {
    const running = await startTestHost()
    onTestFinished(() => running.stop())
    return running
  }
  const stateOf = async ({ client }: TestHost, documentId: string) =>
    (await client.library.document({ documentId })).document

  test('reads the recordings that waited for one, by itself', async () => {
    const service = await startService({ apiKey: 'sk-mine' })
    const running = await house()
    const documentId = await addRecording(running)
    await until('it says what is missing', async () => (await stateOf(running, documentId)).state === 'failed')
    expect((await stateOf(running, documentId)).problem).toMatch(/Recordings need a transcription service\./u)
    const { settings } = running.client
    await settings.update({ transcription: 'other', transcriptionBaseUrl: service.url, transcriptionKey: 'sk-wrong' })
    await until('the key is refused', async () => /key/u.test((await stateOf(running, documentId)).problem ?? ''))
    await settings.update({ transcriptionKey: 'sk-mine' })
    await until('it is read', async () => (await stateOf(running, documentId)).state === 'ready')
    expect(service.heard()).toBe(1)
  })

  test('or the same one again sends nothing twice', async () => {
    const service = await startService()
    const running = await house()
    const { settings } = running.client
    await settings.update({ transcription: 'other', transcriptionBaseUrl: service.url })
    service.misbehave('error_500')
    const documentId = await addRecording(running)
    await until('it failed', async () => (await stateOf(running, documentId)).state === 'failed')
    await settings.update({ transcriptionModel: 'large-v3' })
    await addRecording(running, 'another.mp3', recording(4_000))
    await until('the other one is read', () => service.heard() === 1)
    expect((await stateOf(running, documentId)).problem).toMatch(/may have charged/u)
    expect(service.requests.map(({ model }) => model)).toEqual(['whisper-1', 'large-v3'])
  })

  test('takes the server of the model with its key, or another with its own, and gives no key away', async () => {
    const service = await startService({ apiKey: 'sk-model' })
    const running = await house()
    const { settings } = running.client
    await settings.update({ modelBaseUrl: service.url, modelKey: 'sk-model', transcription: 'model' })
    expect(await settings.testTranscription({})).toMatchObject({ model: 'whisper-1' })
    const other = await startService({ apiKey: 'sk-other' })
    await settings.update({ transcription: 'other', transcriptionBaseUrl: other.url, transcriptionKey: 'sk-other' })
    await settings.testTranscription({})
    const [test] = other.requests
    expect(test).toMatchObject({ fileName: 'recording.wav', mediaType: 'audio/wav' })
    expect(Buffer.from(test?.sound ?? []).toString('latin1', 0, 4)).toBe('RIFF')
    const shown = await settings.get()
    expect(shown).toMatchObject({ hasTranscriptionKey: true, transcriptionReady: true })
    expect(JSON.stringify(shown)).not.toContain('sk-')
    expect(running.logLines.join('\n')).not.toContain('sk-')
    // A key is for the server it was entered for, also where another one is only tried.
    const tried = await startService()
    await settings.testTranscription({ transcriptionBaseUrl: tried.url, transcriptionModel: 'large-v3' })
    expect(tried.requests[0]?.model).toBe('large-v3')
    expect(tried.requests[0]?.headers.authorization).not.toContain('sk-')
    expect(await settings.get()).toMatchObject({ transcriptionBaseUrl: other.url, transcriptionModel: 'whisper-1' })
    const stranger = await startService()
    await settings.update({ transcriptionBaseUrl: stranger.url })
    expect((await settings.get()).hasTranscriptionKey).toBe(false)
    await settings.testTranscription({})
    expect(stranger.requests[0]?.headers.authorization).not.toContain('sk-')
  })

  test('is tested with a second of near silence, and says what is wrong', async () => {
    const service = await startService()
    const running = await house()
    const { settings, privacy } = running.client
    await expect(settings.testTranscription({})).rejects.toThrow('No transcription service is set up.')
    await settings.update({ transcription: 'other', transcriptionBaseUrl: service.url })
    service.misbehave('no_words')
    expect(await settings.testTranscription({})).toMatchObject({ model: 'whisper-1' })
    service.misbehave('error_401')
    await expect(settings.testTranscription({})).rejects.toThrow('does not accept this key')
    const { rows } = await privacy.ledger({ limit: 5 })
    expect(rows.map(({ purpose, status }) => `${purpose} ${status}`)).toEqual([
      'transcription failed',
      'transcription ok',
    ])
    expect((await privacy.payload({ entryId: rows[0]?.id ?? '' })).payload).toContain('one second of near silence')
  })
})
