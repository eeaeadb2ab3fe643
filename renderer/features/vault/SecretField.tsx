import { PasswordInput, SegmentedControl, Textarea } from '@mantine/core'
import type { Secret } from '../../../shared/contract/vault.ts'

export interface SecretEntry {
  readonly kind: 'passphrase' | 'phrase'
  readonly text: string
}

/** What the coach typed, as the host wants it; null while there is nothing. */
export const toSecret = ({ kind, text }: SecretEntry): Secret | null => {
  if (text.trim() === '') return null
  return kind === 'passphrase' ? { passphrase: text } : { phrase: text.trim().toLowerCase().split(/\s+/).join(' ') }
}

interface SecretFieldProps {
  readonly entry: SecretEntry
  readonly onChange: (entry: SecretEntry) => void
}

const kinds = [
  { value: 'passphrase' as const, label: 'Passphrase' },
  { value: 'phrase' as const, label: 'Recovery phrase' },
]

/** Asks for the passphrase or, instead, for the 24 words. */
export const SecretField = ({ entry, onChange }: SecretFieldProps) => (
  <>
    <SegmentedControl
      aria-label="Open with"
      fullWidth
      data={kinds}
      value={entry.kind}
      onChange={(kind) => onChange({ kind, text: '' })}
    />
    {entry.kind === 'passphrase' ? (
      <PasswordInput
        label="Passphrase"
        autoComplete="current-password"
        data-autofocus
        autoFocus
        value={entry.text}
        onChange={(event) => onChange({ ...entry, text: event.currentTarget.value })}
      />
    ) : (
      <Textarea
        label="Recovery phrase"
        description="The 24 words in their order, with spaces between them."
        rows={4}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={entry.text}
        onChange={(event) => onChange({ ...entry, text: event.currentTarget.value })}
      />
    )}
  </>
)
