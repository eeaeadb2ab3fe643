import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { z } from 'zod'
import { latestVersion } from '../db/migrate.ts'
import { Problem } from '../shared/problem.ts'
import type { Attention } from './alerts/index.ts'
import { createBackups, dailyBackupJob } from './backups/index.ts'
import type { Channel } from './channels/index.ts'
import { type Clock, systemClock } from './clock.ts'
import { createChanges } from './events/index.ts'
import { type About, type House, openHouse } from './house.ts'
import { countConversations } from './inbox/index.ts'
import type { Log } from './log/index.ts'
import { createRouter } from './router.ts'
import type { Environment } from './settings/index.ts'
import type { Keychain } from './vault/index.ts'
import { createVault } from './vault/index.ts'
import { version } from './version.ts'

type SocketLike = Parameters<SocketHandler<Record<never, never>>['upgrade']>[0]
type PortLike = Parameters<PortHandler<Record<never, never>>['upgrade']>[0]

export interface HostOptions {
  readonly dataFolder: string
  readonly shell: 'electron' | 'browser'
  readonly keychain: Keychain
  readonly log: Log
  readonly environment: Environment
  readonly practiceChannel: () => Channel
  /** Channels that run from the start, such as a replay. */
  readonly extraChannels?: readonly Channel[]
  readonly clock?: Clock
}

export const counts = z.object({ needsMe: z.number(), unread: z.number() })
export type Counts = z.infer<typeof counts>

export interface Host {
  attachSocket(socket: SocketLike): void
  /** Serves the contract on a MessagePort; the caller starts the port. */
  attachPort(port: PortLike): void
  /** Creates a practice workspace where there is no data yet: key file, name, practice clients writing. */
  prepareDemo(): Promise<void>
  onCounts(listener: (counts: Counts) => void): void
  onAttention(listener: (attention: Attention) => void): void
  onSleep(): void
  onWake(): void
  /** Ends cleanly: channels stop, sends on their way settle, the database closes. */
  stop(): Promise<void>
}

const mostUntold = 20

/** Composes the host. The one place where its parts meet. */
export const createHost = async (options: HostOptions): Promise<Host> => {
  const clock = options.clock ?? systemClock
  const { log, dataFolder, shell } = options
  const changes = createChanges()
  const startedAt = clock.now()
  const attentive = new Set<(attention: Attention) => void>()
  /** What was raised before the shell was there to show it. */
  const untold: Attention[] = []
  let house: House | undefined

  const vault = createVault({
    dataFolder,
    shell,
    keychain: options.keychain,
    clock,
    log,
    publish: changes.publish,
    onOpen: async (store) => {
      house = await openHouse({
        store,
        clock,
        log,
        environment: options.environment,
        changes,
        practiceChannel: options.practiceChannel,
        extraChannels: options.extraChannels ?? [],
        otherJobs: (write, settings) =>
          dailyBackupJob({ write, clock, settings: settings.values, backups: () => backups }),
      })
      house.alerts.listen((attention) => {
        if (attentive.size === 0) untold.splice(0, untold.length, ...[...untold, attention].slice(-mostUntold))
        for (const listener of attentive) listener(attention)
      })
      house.alerts.start()
    },
    beforeClose: async () => {
      await house?.stop()
      house = undefined
    },
  })
  const settings = () => house?.settings.values()
  const backups = createBackups({
    vault,
    clock,
    log,
    publish: changes.publish,
    settings: () => ({ folder: settings()?.backupFolder ?? '', kept: settings()?.backupsKept ?? 7 }),
  })
  const openHouseNow = (): House => {
    if (!house) throw new Problem('LOCKED')
    return house
  }
  const about = (): About => ({
    version,
    schemaVersion: latestVersion,
    shell,
    dataFolder,
    node: process.version,
    startedAt,
  })
  const router = createRouter({ vault, backups, changes, clock, log, about, house: openHouseNow })
  const sockets = new SocketHandler(router)
  const ports = new PortHandler(router)

  await vault.start()
  log('info', 'host_started', { version, state: (await vault.status()).state })

  return {
    attachSocket: (socket) => void sockets.upgrade(socket, { context: {} }),
    attachPort: (port) => ports.upgrade(port, { context: {} }),
    prepareDemo: async () => {
      if ((await vault.status()).state === 'new') {
        await vault.createDemo('Akmal')
        openHouseNow().act((tx, now) =>
          openHouseNow().settings.update(tx, { defaultReplyMode: 'autopilot', firstRunDone: true }, now),
        )
      }
      if (house) house.startPractice()
    },
    onCounts: (listener) => {
      const tell = () => {
        if (house) listener(counts.parse(countConversations(house.queries, clock.now())))
      }
      changes.listen((batch) => {
        if (batch.some((change) => change.topic === 'inbox' || change.topic === 'vault')) tell()
      })
      tell()
    },
    onAttention: (listener) => {
      attentive.add(listener)
      for (const attention of untold.splice(0)) listener(attention)
    },
    onSleep: () => log('info', 'machine_sleeps'),
    onWake: () => {
      log('info', 'machine_wakes')
      house?.wake()
    },
    stop: async () => {
      await vault.close()
      log('info', 'host_stopped')
    },
  }
}
