import { useQuery } from '@tanstack/react-query'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

interface Reading {
  readonly read: number
  readonly found: number
  readonly rejected: number
  readonly skipped: number
}

const readingWords = ({ read, found, rejected, skipped }: Reading): string => {
  const refused = rejected === 0 ? '' : ` ${rejected} more refused, because the client’s words do not say so.`
  const missed = skipped === 0 ? '' : ` ${plural(skipped, 'message')} it could not read; only the rules have.`
  if (read === 0) return `In the last 30 days the model has read nothing for memory.${missed}`
  const kept = `${found === 0 ? 'no memory' : plural(found, 'memory', 'memories')} kept`
  return `In the last 30 days the model read ${plural(read, 'message')}: ${kept}.${refused}${missed}`
}

const ReadByModel = ({ isReady }: { readonly isReady: boolean }) => {
  const reading = useQuery(queries.settings.memoryReading.queryOptions()).data
  if (reading === undefined) return null
  const noModel = 'No model is connected, so the rules read alone.'
  return (
    <p className="settings-fact" role="status">
      {isReady || reading.read > 0 ? readingWords(reading) : noModel}
    </p>
  )
}

export const MemorySection = ({ settings }: { readonly settings: Settings }) => (
  <Section
    id="memory"
    title="Memory"
    lead="What clients say about themselves is remembered, each time with the message in which they said it. Rules on this machine read every message; nothing leaves for that."
  >
    <SavedSwitch
      label="The model reads too"
      description="Half an hour after a client’s last message the model reads what they wrote, at most 30 days back, and points out what the rules did not see. Only the client’s own words are kept. It also reads what you did when you took over, so that the clone learns more from it. It counts towards your budget."
      isOn={settings.refineMemory}
      save={(refineMemory) => saveSettings({ refineMemory })}
    />
    <p className="settings-means">
      It is never given messages that show danger, or anything of a client for whom the clone is off. A model that is
      not on this machine gets other names for people, and nothing of clients whom you marked as sensitive.
    </p>
    <ReadByModel isReady={settings.modelReady} />
    <SavedNumber
      label="A conversation ends after a silence of"
      description="What is said after a longer silence is remembered as another conversation, with a summary of its own. When you change this, all summaries are made anew, which can take a few minutes."
      min={0.25}
      max={168}
      step={1}
      decimals={2}
      suffix=" hours"
      value={settings.sessionGapMinutes / 60}
      save={(hours) => saveSettings({ sessionGapMinutes: Math.round(hours * 60) })}
    />
  </Section>
)
