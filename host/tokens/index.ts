/** Counts tokens; quadratic in unbroken runs of letters, so give it no more than a few kilobytes at a time. */
export type CountTokens = (text: string) => number

interface Encoding {
  readonly countTokens: (text: string, options: { disallowedSpecial: Set<string> }) => number
}

/** One counter a process; its tables are loaded with the first call. What looks like a control token means its letters. */
const loadedOnce = (load: () => Promise<Encoding>): (() => Promise<CountTokens>) => {
  const options = { disallowedSpecial: new Set<string>() }
  let counter: Promise<CountTokens> | undefined
  return () => {
    counter ??= load().then(
      ({ countTokens }) =>
        (text) =>
          countTokens(text, options),
    )
    return counter
  }
}

/** The encoding of the embedding models that most endpoints serve under the names OpenAI gave them; about 44 MB. */
export const loadTokenCounter = loadedOnce(() => import('gpt-tokenizer/encoding/cl100k_base'))

/**
 * For the budget of a prompt: an older encoding with half the words, so half the memory (26 MB), that counts the same for
 * English and more for other scripts, so that a budget is never overdrawn.
 */
export const loadPromptCounter = loadedOnce(() => import('gpt-tokenizer/encoding/p50k_base'))
