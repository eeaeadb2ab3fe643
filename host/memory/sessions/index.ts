export { type Activity, activity, activityOf, isMessageType, summed } from './activity.ts'
export { periodOf, rollUp } from './rollUps.ts'
export {
  lastSessions,
  markStale,
  putSessions,
  removeOtherSessions,
  saveSummary,
  sessionAt,
  staleSessions,
  type Thread,
} from './sessionStore.ts'
export { splitSessions } from './split.ts'
export { summariseSession } from './summarise.ts'
