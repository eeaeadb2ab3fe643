import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { minPassphraseLength } from '../../../shared/limits.ts'

export interface PassphraseEntry {
  readonly passphrase: string
  /** Long enough, and typed the same twice. */
  readonly isReady: boolean
}

interface NewPassphraseProps {
  readonly label?: string
  readonly description?: string
  readonly onChange: (entry: PassphraseEntry) => void
}

/** How hard a passphrase is to guess, in words: by length and variety, nothing is sent anywhere. */
export const strengthWords = (passphrase: string): { level: 'short' | 'fair' | 'good'; words: string } => {
  const missing = minPassphraseLength - passphrase.length
  if (missing > 0)
    return { level: 'short', words: `${missing} more ${missing === 1 ? 'character' : 'characters'} at least.` }
  const words = passphrase
    .trim()
    .split(/\s+/)
    .filter((word) => word.length > 2).length
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(passphrase)).length
  const distinct = new Set(passphrase).size
  if (distinct < 6) return { level: 'fair', words: 'Easy to guess: too many repeated characters.' }
  if (words >= 4 || passphrase.length >= 18 || (passphrase.length >= 14 && kinds >= 3))
    return { level: 'good', words: 'Strong.' }
  return { level: 'fair', words: 'Enough, but four or five words in a row are stronger and easier to remember.' }
}

export const NewPassphrase = ({ label = 'New passphrase', description, onChange }: NewPassphraseProps) => {
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const strength = strengthWords(passphrase)
  const tell = (first: string, second: string) =>
    onChange({ passphrase: first, isReady: first.length >= minPassphraseLength && first === second })
  const isUnfinished = repeated !== '' && repeated !== passphrase && passphrase.startsWith(repeated)
  const differs = repeated !== '' && !passphrase.startsWith(repeated)
  return (
    <>
      <div>
        <PasswordInput
          label={label}
          description={description}
          autoComplete="new-password"
          maxLength={1024}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value)
            tell(event.currentTarget.value, repeated)
          }}
        />
        <p className={`strength strength-${strength.level}`} aria-live="polite">
          {passphrase === '' ? '' : strength.words}
        </p>
      </div>
      <div>
        <PasswordInput
          label="The same again"
          autoComplete="new-password"
          maxLength={1024}
          value={repeated}
          error={differs ? 'The two are not the same.' : undefined}
          onChange={(event) => {
            setRepeated(event.currentTarget.value)
            tell(passphrase, event.currentTarget.value)
          }}
        />
        <p className="strength" aria-live="polite">
          {isUnfinished ? 'This does not match yet.' : ''}
        </p>
      </div>
    </>
  )
}
