/** The longest message the coach can write, in characters; channels split it where they must. */
export const maxMessageLength = 20_000

/** The shortest passphrase that may lock the data, in characters. */
export const minPassphraseLength = 10

/** The longest a remembered item can be in the coach's words, in characters. */
export const maxMemoryLength = 500

/** The longest words that are never to be mentioned, in characters, and how many of them one client can have. */
export const maxNeverMentionLength = 120
export const maxNeverMentions = 100

/** The longest text the coach can teach, in characters; a reply is given its first 160. */
export const maxTaughtLength = 300
