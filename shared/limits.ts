/** The longest message the coach can write, in characters; channels split it where they must. */
export const maxMessageLength = 20_000

/** The shortest passphrase that may lock the data, in characters. */
export const minPassphraseLength = 10
