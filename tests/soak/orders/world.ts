import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newEnvelope } from '../../../db/envelope.ts'
import type { OpenedDatabase } from '../../../db/open.ts'
import type { Tx } from '../../../db/write.ts'
import type { InboundMessage, OutgoingMessage } from '../../../host/channels/index.ts'
import type { Clock } from '../../../host/clock.ts'
import { type House, openHouse } from '../../../host/house.ts'
import { silentLog } from '../../../host/log/index.ts'
import { changeSettings as changeSettingsIn } from '../../../host/settingsChange.ts'
import { createData } from '../../../host/vault/newData.ts'
import { openStore } from '../../../host/vault/openStore.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { Problem } from '../../../shared/problem.ts'
import { noteArrivals } from './arrivals.ts'
import { createBook } from './book.ts'
import { createFarEnd, type Ending } from './farEnd.ts'
import { createSimClock } from './simClock.ts'
import { createThinker } from './thinker.ts'
import { judgeAsked, judgeHanded, noteLost } from './watch.ts'

const startOfTime = Date.UTC(2026, 0, 5, 9)
/** So many turns of the event loop without a sign of life mean that the house waits for something from outside. */
const quietTurns = 4
const hour = 3_600_000

interface Life {
  readonly database: OpenedDatabase
  readonly house: House | undefined
}

/** A house on a real encrypted database with everything around it simulated, that can die after any commit. */
export const createWorld = async (kind: { canTell: boolean; asksBeforeAccepting: boolean }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-orders-'))
  const key = randomBytes(32)
  const clock = createSimClock(startOfTime)
  createData({
    dataFolder,
    key,
    envelope: newEnvelope(key, startOfTime).envelope,
    coachName: 'Robin Vale',
    now: startOfTime,
  })
  const state = {
    book: createBook(),
    signs: 0,
    commitsLeft: 0,
    crashes: 0,
    events: 0,
    sends: 0,
    messages: 0,
    isDead: false,
    /** An act of the coach is being committed; the book hears of it right after. */
    isActing: false,
    isChannelOn: true,
  }
  let life: Life | undefined
  let newest = startOfTime
  let lives = 0

  const living = (): Life => {
    if (!life) throw new Error('There is no house to live in.')
    return life
  }
  const house = (): House => {
    const open = living().house
    if (!open) throw new Error('The house is not open.')
    return open
  }
  const sqlite = () => living().database.sqlite
  /** False where the house died between claiming the message and handing it over. */
  const handed = (message: OutgoingMessage, ending: Ending): boolean => {
    if (state.isDead) {
      if (!kind.canTell) noteLost(state.book, message)
      return false
    }
    state.sends += 1
    state.signs += 1
    judgeHanded(state.book, sqlite(), message, { ending, now: clock.now() })
    return true
  }
  const far = createFarEnd(clock, { ...kind, handed })
  const thinker = createThinker(clock, (number, body, plan) => {
    state.signs += 1
    judgeAsked(state.book, sqlite(), number, { body, plan })
  })
  const look = (): void => {
    if (state.isDead || state.isActing) return
    noteArrivals({
      book: state.book,
      written: far.written,
      sqlite: sqlite(),
      asksBeforeAccepting: kind.asksBeforeAccepting,
      now: clock.now(),
    })
  }

  /** The process is gone: no timer, no answer and no row reaches it any more. */
  const die = (): void => {
    state.isDead = true
    state.crashes += 1
    sqlite().close()
    clock.dropTimers()
    far.forget()
  }
  const committed = (): void => {
    state.signs += 1
    look()
    if (state.isDead || state.commitsLeft === 0) return
    state.commitsLeft -= 1
    if (state.commitsLeft === 0) die()
  }

  /** A clock that only this life of the house can wind up. */
  const clockOf = (lifeNumber: number): Clock => ({
    now: clock.now,
    after: (ms, action) => {
      if (state.isDead || lifeNumber !== lives) return () => undefined
      return clock.after(ms, () => {
        try {
          action()
        } catch (error) {
          if (!state.isDead) throw error
        }
      })
    },
  })

  const live = async (): Promise<void> => {
    const { store, database } = await openStore({ dataFolder, key, clock, log: silentLog })
    // What a dying process leaves behind is the same; surviving a power cut is shown elsewhere.
    database.sqlite.pragma('synchronous = OFF')
    life = { database, house: undefined }
    state.isDead = false
    lives += 1
    try {
      const opened = await openHouse({
        store,
        clock: clockOf(lives),
        log: silentLog,
        environment: { OPENAI_BASE_URL: 'https://model.example/v1', OPENAI_MODEL: 'simulated' },
        changes: { publish: committed, listen: () => () => undefined },
        practiceChannel: () => far.channel,
        extraChannels: [],
        otherJobs: () => ({}),
        fetch: thinker.fetch,
      })
      life = { database, house: opened }
    } catch (error) {
      if (!state.isDead) throw error
      await live()
    }
  }

  const quieten = async (): Promise<void> => {
    for (let quiet = 0, seen = state.signs; quiet < quietTurns; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (seen !== state.signs) quiet = 0
      seen = state.signs
    }
  }
  /** Lets everything happen that needs no time; a house that died meanwhile is opened again. */
  const settle = async (): Promise<void> => {
    await quieten()
    while (state.isDead) {
      await live()
      await quieten()
    }
  }
  /** An act of the coach, noted as soon as it is committed; never where the house refused it or died before. */
  const act = (work: (tx: Tx, now: number) => void, note: () => void = () => undefined): void => {
    if (state.isDead) return
    look()
    state.isActing = true
    try {
      house().act((tx, now) => {
        work(tx, now)
        tx.afterCommit(() => {
          note()
          state.isActing = false
        })
      })
    } catch (error) {
      if (!state.isDead && !(error instanceof Problem && error.code !== 'INTERNAL')) throw error
    } finally {
      state.isActing = false
    }
    look()
  }
  const nextUpdate = (): string => {
    state.messages += 1
    return `k${state.messages}`
  }
  const changeSettings = (changes: Partial<SettingsValues>, note?: () => void): void =>
    act((tx, now) => changeSettingsIn(tx, house(), changes, now), note)
  await live()
  house().startPractice()

  return {
    state,
    clock,
    far,
    thinker,
    house,
    sqlite,
    settle,
    /** A new order begins, later than anything before it. */
    begin: async (settings: Partial<SettingsValues>): Promise<void> => {
      await settle()
      newest = Math.max(newest, clock.now()) + hour
      clock.moveWall(newest - clock.now())
      far.written.length = 0
      changeSettings({ quietHoursOn: false, handOffAt: 7, ...settings })
      await settle()
    },
    changeSettings,
    asksBeforeAccepting: kind.asksBeforeAccepting,
    write: (chatId: string, texts: readonly string[], isBatch: boolean, more: Partial<InboundMessage> = {}): void => {
      const updates = texts.map((text) => {
        const updateId = nextUpdate()
        const senderName = chatId.startsWith('ann') ? 'Ann Keller' : 'Ben Moss'
        const message = { updateId, chatId, externalId: updateId, senderName, text: `${text} ${updateId}` }
        return { ...message, sentAt: clock.now(), timeZone: 'UTC', ...more }
      })
      far.write(updates, isBatch)
    },
    /** A client changes a message of theirs, or deletes it where there are no words; `back` counts from the newest. */
    change: (chatId: string, back: number, words: string | null): void => {
      const texts = far.written.filter(({ message }) => message?.chatId === chatId && message.from === undefined)
      const target = texts.at(-1 - back)?.message
      if (!target) return
      const updateId = nextUpdate()
      far.change(
        words === null
          ? { kind: 'removal', updateId, chatId, externalIds: [target.externalId], removedAt: clock.now() }
          : {
              kind: 'edit',
              updateId,
              chatId,
              externalId: target.externalId,
              text: `${words} ${updateId}`,
              editedAt: clock.now(),
            },
      )
    },
    switchChannel: async (isOn: boolean): Promise<void> => {
      if (state.isDead) return
      state.isChannelOn = isOn
      try {
        if (isOn) house().startPractice()
        else await house().stopPractice()
      } catch (error) {
        if (!state.isDead) throw error
      }
    },
    clearPlans: (): void => {
      far.plans.length = 0
      thinker.plans.length = 0
      state.commitsLeft = 0
    },
    pass: (ms: number): Promise<void> => clock.advance(ms, settle),
    act,
    /** Dies at once, or after so many further commits. */
    crash: (afterCommits: number): void => {
      if (state.isDead) return
      if (afterCommits === 0) die()
      else state.commitsLeft = afterCommits
    },
    /** Ends cleanly and says what SQLite finds wrong with the data; empty where nothing is. */
    close: async (): Promise<string> => {
      try {
        if (state.isDead) return ''
        const stopped = house().stop()
        await clock.advance(10_000, quieten)
        await stopped
        const integrity = String(sqlite().pragma('integrity_check', { simple: true }))
        const orphans = sqlite().prepare('PRAGMA foreign_key_check').all().length
        sqlite().close()
        return integrity === 'ok' && orphans === 0 ? '' : `${integrity}, ${orphans} rows without their parent`
      } finally {
        rmSync(dataFolder, { recursive: true, force: true })
      }
    },
  }
}
export type World = Awaited<ReturnType<typeof createWorld>>
