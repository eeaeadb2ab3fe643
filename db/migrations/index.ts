import { house } from './0001-house.ts'
import { liveInbox } from './0002-live-inbox.ts'
import { library } from './0003-library.ts'
import { messageChanges } from './0004-message-changes.ts'
import { memory } from './0005-memory.ts'
import { learning } from './0006-learning.ts'

/** In order; the index plus one is the schema version. Never change one that has shipped. */
export const migrations: readonly string[] = [house, liveInbox, library, messageChanges, memory, learning]
