import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host } from '../../transport/console.ts'
import type { Settings } from './useSettings.ts'

const fixedWord = 'Decided by an environment variable on this machine.'

type Result =
  | { readonly kind: 'none' }
  | { readonly kind: 'ok'; readonly words: string }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Address, key and name of a model; saves them and asks the model for one word. */
export const ModelForm = ({ settings }: { readonly settings: Settings }) => {
  const [baseUrl, setBaseUrl] = useState(settings.modelBaseUrl)
  const [name, setName] = useState(settings.modelName)
  const [key, setKey] = useState('')
  const [result, setResult] = useState<Result>({ kind: 'none' })
  const isFixed = (field: string) => settings.fromEnvironment.includes(field)
  const isChanged = baseUrl !== settings.modelBaseUrl || name !== settings.modelName || key !== ''

  const save = async () => {
    await host.settings.update({
      ...(isFixed('modelBaseUrl') ? {} : { modelBaseUrl: baseUrl.trim() }),
      ...(isFixed('modelName') ? {} : { modelName: name.trim() }),
      ...(key === '' || isFixed('modelKey') ? {} : { modelKey: key.trim() }),
    })
    setKey('')
  }
  const saveOnly = useAction(save)
  const test = useAction(async () => {
    setResult({ kind: 'none' })
    try {
      if (isChanged) await save()
      const answer = await host.settings.testModel()
      setResult({ kind: 'ok', words: `${answer.model} answered in ${(answer.latencyMs / 1_000).toFixed(1)} s.` })
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const forget = useAction(() => host.settings.update({ modelKey: '' }))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void saveOnly.run()
      }}
    >
      <TextInput
        label="Address"
        description={
          isFixed('modelBaseUrl')
            ? fixedWord
            : 'Of any server that speaks the OpenAI language, also one on this machine. Empty: OpenAI itself.'
        }
        placeholder="http://127.0.0.1:11434/v1"
        type="url"
        disabled={isFixed('modelBaseUrl')}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.currentTarget.value)}
      />
      <PasswordInput
        label="Key"
        description={
          isFixed('modelKey')
            ? fixedWord
            : settings.hasModelKey
              ? 'A key is stored, encrypted. It is never shown again; write a new one to replace it.'
              : 'Stored encrypted and never shown again. A model on this machine usually needs none.'
        }
        placeholder={settings.hasModelKey ? 'Stored' : ''}
        autoComplete="off"
        disabled={isFixed('modelKey')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <TextInput
        label="Model"
        description={isFixed('modelName') ? fixedWord : 'The name the server knows it by.'}
        placeholder="gpt-4.1-mini"
        disabled={isFixed('modelName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="row-of-buttons">
        <Button type="submit" kind={isChanged ? 'primary' : 'plain'} isBusy={saveOnly.isRunning} disabled={!isChanged}>
          Save
        </Button>
        <Button isBusy={test.isRunning} onClick={() => void test.run()}>
          {test.isRunning ? 'Asking the model…' : 'Test'}
        </Button>
        {settings.hasModelKey && !isFixed('modelKey') ? (
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
