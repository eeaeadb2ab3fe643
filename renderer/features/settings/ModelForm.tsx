import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../app/action.ts'
import { isReadableOnTheWay } from '../../components/addresses.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host } from '../../transport/console.ts'
import { setModelTest } from './modelTest.ts'
import type { Settings } from './saveSettings.ts'

const fixedWord = 'Set outside the console, by whoever started it.'

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
    setModelTest('untested')
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
      setModelTest('testing')
      const answer = await host.settings.testModel()
      setModelTest('works')
      setResult({ kind: 'ok', words: `${answer.model} answered in ${(answer.latencyMs / 1_000).toFixed(1)} s.` })
    } catch (error) {
      setModelTest('failed')
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
            : 'Of a model server with an OpenAI-compatible interface, also one on this machine. Empty: OpenAI itself.'
        }
        placeholder="e.g. http://127.0.0.1:11434/v1"
        type="url"
        disabled={isFixed('modelBaseUrl')}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.currentTarget.value)}
      />
      {isReadableOnTheWay(baseUrl.trim()) ? (
        <p className="notice" role="status">
          This address is not encrypted: client texts would cross the network readable to others. Use https, or a server
          on this machine.
        </p>
      ) : null}
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
        placeholder="e.g. gpt-4.1-mini"
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
