import { join } from 'node:path'
import { type Envelope, writeEnvelope } from '../../db/envelope.ts'
import { newId } from '../../db/ids.ts'
import { writeKeyFile } from '../../db/keyFile.ts'
import { migrate } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { coaches } from '../../db/schema/index.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { clearIncoming, databaseFileName, startIncoming, swapIn } from '../../db/swap.ts'
import { usableKeyFile } from './machineKey.ts'

export interface NewData {
  readonly dataFolder: string
  readonly key: Uint8Array
  readonly envelope: Envelope
  readonly coachName: string
  readonly now: number
}

/** Makes a new encrypted database with its coach; it appears whole or, where anything fails, not at all. */
export const createData = ({ dataFolder, key, envelope, coachName, now }: NewData): void => {
  const keyFileStays = usableKeyFile(dataFolder)?.equals(key) ?? false
  try {
    const incoming = startIncoming(dataFolder)
    const database = openDatabase({ file: join(incoming, databaseFileName), key })
    try {
      migrate(database.sqlite)
      database.queries
        .insert(coaches)
        .values({ id: newId(now), name: coachName, createdAt: now })
        .run()
    } finally {
      database.close()
    }
    if (envelope.wraps.keyFile && !keyFileStays) writeKeyFile(incoming, key)
    writeEnvelope(incoming, envelope)
    swapIn(dataFolder, `before-setup-${now}`, keyFileStays)
  } catch (error) {
    clearIncoming(dataFolder)
    throw toStoreProblem(error)
  }
}
