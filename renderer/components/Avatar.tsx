const initials = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  const found = letters.map((word) => Array.from(word ?? '')[0] ?? '').join('')
  // A name without letters, such as an emoji, stands for itself.
  return found === '' ? (Array.from(name.trim())[0] ?? '?') : found.toUpperCase()
}

export const Avatar = ({ name }: { readonly name: string }) => (
  <span className="avatar" aria-hidden="true">
    {initials(name)}
  </span>
)
