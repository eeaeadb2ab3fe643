/** Counts tokens; quadratic in unbroken runs of letters, so give it no more than a few kilobytes at a time. */
export type CountTokens = (text: string) => number

const load = async (): Promise<CountTokens> => {
  // The encoding of the embedding models that most endpoints serve under the names OpenAI gave them.
  const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base')
  // A document that writes out a control token means its letters.
  const options = { disallowedSpecial: new Set<string>() }
  return (text) => countTokens(text, options)
}

let counter: Promise<CountTokens> | undefined

/** The tokeniser; its tables (about 2 MB) are loaded with the first call. */
export const loadTokenCounter = (): Promise<CountTokens> => {
  counter ??= load()
  return counter
}
