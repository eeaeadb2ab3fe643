import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { isOnThisMachine, isReadableOnTheWay } from '../../components/addresses.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host } from '../../transport/console.ts'
import { type Settings, saveSettings } from './saveSettings.ts'

const choices: { value: Settings['transcription']; label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'model', label: 'Model’s server' },
  { value: 'other', label: 'Another address' },
]

type Result =
  | { readonly kind: 'none' }
  | { readonly kind: 'ok'; readonly words: string }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What the service gets, before it gets it. */
const WhatLeaves = ({ address }: { readonly address: string }) => (
  <p className="settings-means">
    {isOnThisMachine(address)
      ? 'This service is on this machine: no recording leaves it.'
      : 'The service gets the whole recording, with every voice and every name that is said: names cannot be replaced in sound. Your name for the file stays here, and what is only for a client marked sensitive is never sent. It takes at most 25 MB at once and may charge for every minute.'}{' '}
    Recordings that wait are sent as soon as this is saved.
  </p>
)

/** Who turns recordings into text. Nothing is kept, and no recording sent, before it is saved; a test sends silence. */
export const RecordingsForm = ({ settings }: { readonly settings: Settings }) => {
  const labelId = useId()
  const [mode, setMode] = useState(settings.transcription)
  const [baseUrl, setBaseUrl] = useState(settings.transcriptionBaseUrl)
  const [model, setModel] = useState(settings.transcriptionModel)
  const [key, setKey] = useState('')
  const [result, setResult] = useState<Result>({ kind: 'none' })
  const isChanged =
    mode !== settings.transcription ||
    (mode !== 'off' && model !== settings.transcriptionModel) ||
    (mode === 'other' && (baseUrl !== settings.transcriptionBaseUrl || key !== ''))
  const address = mode === 'model' ? settings.modelBaseUrl : baseUrl.trim()
  const isWithoutModel = mode === 'model' && !settings.modelReady
  const entered = {
    transcription: mode,
    ...(mode === 'off' ? {} : { transcriptionModel: model.trim() }),
    ...(mode === 'other' ? { transcriptionBaseUrl: baseUrl.trim() } : {}),
    ...(mode === 'other' && key !== '' ? { transcriptionKey: key.trim() } : {}),
  }
  const save = useAction(async () => {
    await saveSettings(entered)
    setKey('')
  })
  const test = useAction(async () => {
    setResult({ kind: 'none' })
    try {
      const answer = await host.settings.testTranscription(entered)
      setResult({ kind: 'ok', words: `${answer.model} answered in ${(answer.latencyMs / 1_000).toFixed(1)} s.` })
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const forget = useAction(() => saveSettings({ transcriptionKey: '' }))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <div>
        <p className="settings-label" id={labelId}>
          Turn recordings into text
        </p>
        <SegmentedControl
          aria-labelledby={labelId}
          className="settings-choice"
          data={choices}
          value={mode}
          onChange={(next) => {
            setMode(next)
            setResult({ kind: 'none' })
          }}
        />
        {mode === 'off' ? (
          <p className="settings-means">
            Recordings stay on this machine, and neither search nor the clone knows what is said in them.
          </p>
        ) : (
          <WhatLeaves address={address} />
        )}
      </div>
      {mode !== 'off' && isReadableOnTheWay(address) ? (
        <p className="notice" role="status">
          This address is not encrypted: recordings would cross the network for others to hear. Use https, or a service
          on this machine.
        </p>
      ) : null}
      {isWithoutModel ? (
        <p className="notice" role="status">
          <span>
            No model is connected. <a href={hrefTo('settings', 'model')}>Connect one</a>, or choose another address.
          </span>
        </p>
      ) : null}
      {mode === 'other' ? (
        <>
          <TextInput
            label="Address of the service"
            description="Of any server with an OpenAI-compatible interface for transcriptions, also one on this machine. Empty: OpenAI itself."
            placeholder="e.g. http://127.0.0.1:8000/v1"
            type="url"
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.currentTarget.value)}
          />
          <PasswordInput
            label="Key of the service"
            description={
              settings.hasTranscriptionKey
                ? 'A key is stored, encrypted. It is never shown again; write a new one to replace it.'
                : 'Stored encrypted and never shown again. A service on this machine usually needs none.'
            }
            placeholder={settings.hasTranscriptionKey ? 'Stored' : ''}
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        </>
      ) : null}
      {mode === 'off' ? null : (
        <TextInput
          label="Model for recordings"
          description="The name the service knows it by. Only some, such as whisper-1, tell the time at which something is said."
          placeholder="whisper-1"
          value={model}
          onChange={(event) => setModel(event.currentTarget.value)}
        />
      )}
      <div className="row-of-buttons">
        <Button type="submit" kind={isChanged ? 'primary' : 'plain'} isBusy={save.isRunning} disabled={!isChanged}>
          Save
        </Button>
        {mode === 'off' ? null : (
          <Button isBusy={test.isRunning} disabled={isWithoutModel} onClick={() => void test.run()}>
            {test.isRunning ? 'Sending a second of silence…' : 'Test'}
          </Button>
        )}
        {mode === 'other' && settings.hasTranscriptionKey ? (
          <Button kind="quiet" onClick={() => void forget.run()}>
            Forget the key
          </Button>
        ) : null}
      </div>
      <div aria-live="polite">
        {result.kind === 'ok' ? <p className="good">It works: {result.words}</p> : null}
        {result.kind === 'failed' ? <Problem error={result.error} /> : null}
      </div>
    </form>
  )
}
