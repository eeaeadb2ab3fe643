import type { FileStore } from '../../db/fileStore.ts'
import type { OpenedDatabase } from '../../db/open.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { checkErasure, eraseClient } from './erase.ts'
import { archiveName, clientArchive } from './export/archive.ts'
import { clientRecord, holdingsOf } from './holdings.ts'
import { checkMerge, type Merge, mergeClients } from './merge.ts'

interface Parts {
  readonly act: <T>(work: (tx: Tx, now: number) => T) => T
  readonly queries: Queries
  readonly files: FileStore
  readonly clock: Clock
  readonly log: Log
  readonly settings: () => SettingsValues
  readonly openReader: () => OpenedDatabase
  /** Whether traces inside the data file stay until the next start. */
  readonly keepsTraces: () => boolean
  /** Stops what runs for a client, and the reading of documents that are theirs alone. */
  readonly quieten: (clientId: string) => Promise<void>
  /** After the commit: what is held in memory of a client is out of date, or theirs no longer. */
  readonly onGone: (clientId: string) => void
  /** In the transaction after which a client's passages are gone or somebody else's. */
  readonly onPassages: (tx: Tx, now: number) => void
}

export type ClientData = ReturnType<typeof createClientData>

const stretchBytes = 1024 * 1024

/** Everything that is kept of one client, as a whole: counted, saved, merged with another's, erased. */
export const createClientData = (parts: Parts) => {
  const { act, queries, files, clock, log } = parts
  const exportFile = (exportId: string) => {
    const file = files.describe(queries, exportId)
    // Only what was made to be handed out is.
    if (file.purpose !== 'temporary' || file.mediaType !== archiveType) throw new Problem('NOT_FOUND')
    return file
  }

  return {
    holdings: (clientId: string) => holdingsOf(queries, clientId),

    /** Writes the archive, encrypted, beside the other files; it is read in stretches and then dropped. */
    export: async (clientId: string): Promise<{ exportId: string; name: string; size: number }> => {
      const name = archiveName(clientRecord(queries, clientId).name, clock.now())
      const reader = parts.openReader()
      try {
        const wanted = { clientId, coachName: parts.settings().coachName, now: clock.now() }
        const archive = clientArchive(reader, files, wanted)
        const staged = await files.stageStream(archive, { name, mediaType: archiveType }, 'temporary')
        act((tx) => {
          clientRecord(tx.queries, clientId)
          staged.insert(tx, clientId)
        })
        const { size } = files.describe(queries, staged.id)
        log('info', 'client_exported', { id: clientId, bytes: size })
        return { exportId: staged.id, name, size }
      } finally {
        reader.close()
      }
    },
    readExport: (exportId: string, from: number): { base64: string } => {
      exportFile(exportId)
      return { base64: files.readStretch(queries, exportId, from, stretchBytes).toString('base64') }
    },
    dropExport: (exportId: string): void => {
      exportFile(exportId)
      act((tx) => files.drop(tx, exportId))
    },

    merge: async (merge: Merge): Promise<void> => {
      checkMerge({ queries }, merge)
      await Promise.all([parts.quieten(merge.keptId), parts.quieten(merge.mergedId)])
      act((tx, now) => {
        mergeClients(tx, merge, parts.settings(), now)
        parts.onPassages(tx, now)
      })
      for (const clientId of [merge.keptId, merge.mergedId]) parts.onGone(clientId)
      log('info', 'clients_merged', { id: merge.keptId })
    },

    erase: async (erasure: {
      clientId: string
      typedName: string
    }): Promise<{ onTheWay: number; keepsTraces: boolean }> => {
      checkErasure({ queries }, erasure.clientId, erasure.typedName)
      await parts.quieten(erasure.clientId)
      const erased = act((tx, now) => {
        const result = eraseClient(tx, files, erasure, now)
        parts.onPassages(tx, now)
        return result
      })
      parts.onGone(erasure.clientId)
      log('info', 'client_erased', {})
      return { ...erased, keepsTraces: parts.keepsTraces() }
    },
  }
}

const archiveType = 'application/zip'
