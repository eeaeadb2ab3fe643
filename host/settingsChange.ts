import type { Tx } from '../db/write.ts'
import type { House } from './house.ts'
import { wantLearningRefinement } from './learning/index.ts'
import { wantAllMemory, wantRefinement } from './memory/index.ts'
import { resumeWaiting, rethinkAfterNewDefault, rethinkQueued } from './replies/index.ts'
import type { Settings } from './settings/index.ts'

const quietNames = ['quietHoursOn', 'quietFrom', 'quietTo', 'quietWhat'] as const

/** Changes settings, with what follows from them for conversations that wait. */
export const changeSettings = (
  tx: Tx,
  { settings, library }: Pick<House, 'settings'> & { library: Pick<House['library'], 'retryRecordings'> },
  changes: Parameters<Settings['update']>[1],
  now: number,
): void => {
  const before = settings.values()
  const hadModel = settings.modelReady()
  const hadTranscription = JSON.stringify(settings.transcription())
  settings.update(tx, changes, now)
  const after = settings.values()
  if (quietNames.some((name) => after[name] !== before[name])) rethinkQueued(tx, after, now)
  if (after.defaultReplyMode !== before.defaultReplyMode) rethinkAfterNewDefault(tx, after, now)
  if (!hadModel && settings.modelReady()) resumeWaiting(tx, ['no_model'], after, now)
  const transcription = settings.transcription()
  if (transcription !== null && JSON.stringify(transcription) !== hadTranscription) library.retryRecordings(tx, now)
  if (after.sessionGapMinutes !== before.sessionGapMinutes) wantAllMemory(tx, now, 0)
  if (after.refineMemory && settings.modelReady() && !(before.refineMemory && hadModel)) {
    wantRefinement(tx, now)
    wantLearningRefinement(tx, now)
  }
  if (after.dailyBudgetUsd !== before.dailyBudgetUsd) resumeWaiting(tx, ['budget'], after, now)
}
