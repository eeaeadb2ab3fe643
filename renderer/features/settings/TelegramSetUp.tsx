import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Outside } from '../../components/Outside.tsx'
import { Problem } from '../../components/Problem.tsx'
import { useSaving } from '../../components/useSaving.ts'
import { host } from '../../transport/console.ts'
import { type Settings, saveSettings } from './saveSettings.ts'

type Bot = Awaited<ReturnType<typeof host.channels.testTelegram>>

type Result =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly bot: Bot; readonly token: string }
  | { readonly kind: 'failed'; readonly error: unknown }

const OtherServer = ({ settings }: { readonly settings: Settings }) => {
  const isFixed = settings.fromEnvironment.includes('telegramApiRoot')
  const root = useSaving(settings.telegramApiRoot, (text) => saveSettings({ telegramApiRoot: text.trim() }))
  return (
    <details className="more">
      <summary>Another Telegram server</summary>
      <TextInput
        mt={8}
        type="url"
        label="Address"
        description={
          isFixed ? 'Set outside the console, by whoever started it.' : 'Empty: Telegram’s own. Only for tests.'
        }
        disabled={isFixed}
        value={root.value}
        onChange={(event) => root.onChange(event.currentTarget.value)}
        onBlur={root.onBlur}
      />
    </details>
  )
}

const TokenForm = () => {
  const [token, setToken] = useState('')
  const [result, setResult] = useState<Result>({ kind: 'none' })
  const entered = token.trim()
  const isTested = result.kind === 'found' && result.token === entered
  const test = useAction(async () => {
    setResult({ kind: 'none' })
    try {
      setResult({ kind: 'found', bot: await host.channels.testTelegram({ token: entered }), token: entered })
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const connect = useAction(async () => {
    try {
      await host.channels.connectTelegram({ token: entered })
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const submit = () => {
    if (entered !== '') void (isTested ? connect.run() : test.run())
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PasswordInput
        label="Token"
        description="Stored encrypted with your data and never shown again. Whoever has it can write as your bot: give it to nobody else."
        placeholder="e.g. 1234567890:AAE…"
        autoComplete="off"
        value={token}
        onChange={(event) => {
          setToken(event.currentTarget.value)
          setResult({ kind: 'none' })
        }}
      />
      <div aria-live="polite">
        {isTested ? (
          <p className="good">
            Found: {result.bot.name} (@{result.bot.username}). Connect it, and clients can write to it.
          </p>
        ) : null}
        {result.kind === 'failed' ? <Problem error={result.error} /> : null}
      </div>
      <div className="row-of-buttons">
        <Button
          kind={isTested ? 'plain' : 'primary'}
          disabled={entered === ''}
          isBusy={test.isRunning}
          onClick={() => void test.run()}
        >
          {test.isRunning ? 'Asking Telegram…' : 'Test'}
        </Button>
        <Button
          type="submit"
          kind={isTested ? 'primary' : 'plain'}
          disabled={!isTested}
          isBusy={connect.isRunning}
          onClick={(event) => {
            event.preventDefault()
            void connect.run()
          }}
        >
          Connect
        </Button>
      </div>
    </form>
  )
}

/** Step by step from nothing to a bot that listens. */
export const TelegramSetUp = ({ settings }: { readonly settings: Settings }) => (
  <>
    <p className="settings-fact">Not connected. It takes about three minutes, on your phone or here.</p>
    <ol className="steps">
      <li>
        <p>
          Open <Outside href="https://t.me/BotFather">@BotFather</Outside> in Telegram. It is Telegram’s own bot for
          making bots.
        </p>
      </li>
      <li>
        <p>
          Send it <code>/newbot</code>. It asks for a name, which clients see, and for a user name that ends in{' '}
          <i>bot</i>.
        </p>
      </li>
      <li>
        <p>It answers with a token, a long line of digits and letters. Copy it and paste it here:</p>
        <TokenForm />
      </li>
    </ol>
    <OtherServer settings={settings} />
  </>
)
