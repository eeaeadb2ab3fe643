interface RevealProps {
  readonly isRevealed: boolean
  readonly onChange: (isRevealed: boolean) => void
}

/** Shows or hides what is marked as sensitive, which is not to be seen over the coach's shoulder. */
export const Reveal = ({ isRevealed, onChange }: RevealProps) => (
  <button type="button" className="link-button small" aria-pressed={isRevealed} onClick={() => onChange(!isRevealed)}>
    {isRevealed ? 'Hide what is sensitive' : 'Show what is sensitive'}
  </button>
)

/** What stands for it while it is hidden. */
export const hiddenWords = 'Sensitive, hidden'
