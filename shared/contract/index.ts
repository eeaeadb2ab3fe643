import { backups } from './backups.ts'
import { channels } from './channels.ts'
import { clients } from './clients.ts'
import { events } from './events.ts'
import { handoffs } from './handoffs.ts'
import { inbox } from './inbox.ts'
import { learning } from './learning.ts'
import { library } from './library.ts'
import { memory } from './memory.ts'
import { canned, notes } from './notes.ts'
import { past } from './past.ts'
import { privacy } from './privacy.ts'
import { replies } from './replies.ts'
import { reports } from './reports.ts'
import { rules } from './rules.ts'
import { settings } from './settings.ts'
import { system } from './system.ts'
import { checkIns, timeline } from './timeline.ts'
import { vault } from './vault.ts'

/** Everything a window can ask of the host; one router implements it for every transport. */
export const contract = {
  backups,
  canned,
  channels,
  checkIns,
  clients,
  events,
  handoffs,
  inbox,
  learning,
  library,
  memory,
  notes,
  past,
  privacy,
  replies,
  reports,
  rules,
  settings,
  system,
  timeline,
  vault,
}
