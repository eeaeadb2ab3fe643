import { TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { host } from '../../transport/console.ts'
import { problemCode } from '../../transport/problems.ts'
import './vault.css'

const askedWords = 3

const randomPositions = (count: number): number[] => {
  const positions = Array.from({ length: count }, (_, index) => index + 1)
  const random = crypto.getRandomValues(new Uint32Array(count))
  return positions
    .map((position, index) => ({ position, order: random[index] ?? 0 }))
    .sort((a, b) => a.order - b.order)
    .slice(0, askedWords)
    .map(({ position }) => position)
    .sort((a, b) => a - b)
}

interface PhraseGridProps {
  readonly phrase: readonly string[]
  /** Another phrase was shown or confirmed before this one. */
  readonly isAnother: boolean
  readonly onWritten: () => void
}

const PhraseGrid = ({ phrase, isAnother, onWritten }: PhraseGridProps) => (
  <div className="stack">
    <p>
      Write these 24 words on paper, in this order, and keep it where you keep important papers. They open your data and
      your backups when nothing else does. They are shown only now.
    </p>
    {isAnother ? (
      <p className="notice">
        These are new words. If you wrote down others before, throw them away once you have confirmed these: only the
        new ones count then.
      </p>
    ) : null}
    <ol className="phrase" aria-label="Recovery phrase">
      {phrase
        .map((word, index) => ({ word, number: index + 1 }))
        .map(({ word, number }) => (
          <li key={number}>
            <span className="phrase-number">{number}</span>
            <span className="phrase-word">{word}</span>
          </li>
        ))}
    </ol>
    <div className="row-of-buttons">
      <Button kind="primary" onClick={onWritten}>
        I have written them down
      </Button>
      <Button kind="quiet" icon={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>
        Print
      </Button>
    </div>
  </div>
)

interface ConfirmWordsProps {
  readonly count: number
  readonly onBack: () => void
  readonly onDone: () => void
}

const ConfirmWords = ({ count, onBack, onDone }: ConfirmWordsProps) => {
  const positions = useMemo(() => randomPositions(count), [count])
  const [words, setWords] = useState<Readonly<Record<number, string>>>({})
  const [isWrong, setWrong] = useState(false)
  const isComplete = positions.every((position) => words[position]?.trim())
  const confirm = useAction(async () => {
    try {
      await host.vault.confirmPhrase({
        words: positions.map((position) => ({ position, word: (words[position] ?? '').trim().toLowerCase() })),
      })
    } catch (error) {
      const code = problemCode(error)
      if (code !== 'WRONG_SECRET' && code !== 'BAD_PHRASE' && code !== 'INVALID_INPUT') throw error
      setWrong(true)
      return
    }
    onDone()
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void confirm.run()
      }}
    >
      <p>Take your paper and type these three words, so that you can be sure it is right.</p>
      <div className="asked-words">
        {positions.map((position, index) => (
          <TextInput
            key={position}
            label={`Word ${position}`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus={index === 0 || undefined}
            value={words[position] ?? ''}
            onChange={(event) => {
              setWrong(false)
              setWords({ ...words, [position]: event.currentTarget.value })
            }}
          />
        ))}
      </div>
      {isWrong ? (
        <p className="notice" role="alert">
          At least one word is not right. Compare with your paper, or look at the words again.
        </p>
      ) : null}
      <div className="row-of-buttons">
        <Button
          type="submit"
          kind="primary"
          disabled={!isComplete}
          isBusy={confirm.isRunning}
          aria-describedby="words-missing"
        >
          Confirm
        </Button>
        <Button kind="quiet" onClick={onBack}>
          Show the words again
        </Button>
      </div>
      <p id="words-missing" className="muted small" role="status">
        {isComplete ? '' : 'All three words are needed to confirm.'}
      </p>
    </form>
  )
}

interface PhraseStepsProps {
  /** A phrase just made; without one a new one is offered, which replaces the old once confirmed. */
  readonly phrase?: readonly string[]
  readonly onDone: () => void
}

/** Shows the recovery phrase, and has three of its words repeated. */
export const PhraseSteps = ({ phrase: given, onDone }: PhraseStepsProps) => {
  const [phrase, setPhrase] = useState<readonly string[] | null>(given ?? null)
  const [isWritten, setWritten] = useState(false)
  const make = useAction(async () => setPhrase((await host.vault.newPhrase()).phrase))
  if (!phrase) {
    return (
      <div className="stack">
        <p>
          A recovery phrase is 24 words on paper that open your data and backups when the passphrase is lost or the
          machine is gone. For safety they are never shown twice: you get new ones, which replace those you may have
          written down already as soon as you have confirmed them, not earlier.
        </p>
        <div className="row-of-buttons">
          <Button kind="primary" isBusy={make.isRunning} onClick={() => void make.run()}>
            Show 24 new words
          </Button>
        </div>
      </div>
    )
  }
  return isWritten ? (
    <ConfirmWords count={phrase.length} onBack={() => setWritten(false)} onDone={onDone} />
  ) : (
    <PhraseGrid phrase={phrase} isAnother={!given} onWritten={() => setWritten(true)} />
  )
}
