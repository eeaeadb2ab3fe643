import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { host } from '../../../transport/console.ts'
import { problemSentence } from '../../../transport/problems.ts'

interface SpaceTroubleProps {
  readonly which: 'active' | 'building'
  readonly problem: string
}

/** Why the server does not get on, and the ways out: try again, or with another key. */
export const SpaceTrouble = ({ which, problem }: SpaceTroubleProps) => {
  const [apiKey, setApiKey] = useState('')
  const [sentence, setSentence] = useState<string | null>(null)
  const again = useAction(async (key?: string) => {
    setSentence(null)
    try {
      await host.library.spaces.tryAgain({ which, ...(key === undefined ? {} : { apiKey: key }) })
      setApiKey('')
    } catch (error) {
      setSentence(problemSentence(error))
    }
  })
  return (
    <div className="stack space-trouble">
      <div className="problem" role="alert">
        <p>{sentence ?? problem}</p>
        <Button isBusy={again.isRunning} onClick={() => void again.run()}>
          {again.isRunning ? 'Asking the server…' : 'Try again'}
        </Button>
      </div>
      <details>
        <summary>Use another key</summary>
        <form
          className="space-key"
          onSubmit={(event) => {
            event.preventDefault()
            if (apiKey.trim() !== '') void again.run(apiKey.trim())
          }}
        >
          <PasswordInput
            label="New key"
            autoComplete="off"
            maxLength={500}
            value={apiKey}
            onChange={(event) => setApiKey(event.currentTarget.value)}
          />
          <Button type="submit" disabled={apiKey.trim() === ''} isBusy={again.isRunning}>
            Use this key
          </Button>
        </form>
      </details>
    </div>
  )
}
