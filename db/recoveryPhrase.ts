import { generateMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { Problem } from '../shared/problem.ts'

export const phraseLength = 24

/** 24 words holding 256 random bits and a checksum. */
export const newRecoveryPhrase = (): string[] => generateMnemonic(wordlist, 256).split(' ')

/** The 256 bits of a phrase as a coach types it: case, line breaks, commas and numbering do not matter. Throws BAD_PHRASE. */
export const phraseEntropy = (typed: string): Uint8Array => {
  const words = typed
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  if (words.length !== phraseLength) {
    throw new Problem('BAD_PHRASE', `A recovery phrase has 24 words; these are ${words.length}.`)
  }
  const unknown = words.findIndex((word) => !wordlist.includes(word))
  if (unknown >= 0) {
    throw new Problem('BAD_PHRASE', `Word ${unknown + 1} is not a word of a recovery phrase. Check its spelling.`)
  }
  try {
    return mnemonicToEntropy(words.join(' '), wordlist)
  } catch (error) {
    throw new Problem('BAD_PHRASE', undefined, { cause: error })
  }
}
