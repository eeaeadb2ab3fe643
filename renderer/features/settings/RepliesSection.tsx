import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { fixedNoticesWords, replyModeWords } from '../../components/words.ts'
import { SavedChoice } from './SavedChoice.tsx'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const choices = replyModes.map((mode) => ({ value: mode, label: replyModeWords[mode].name }))

export const RepliesSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section id="replies" title="Replies" lead="For every client who has no setting of their own.">
      <SavedChoice
        label="What the clone does"
        choices={choices}
        value={settings.defaultReplyMode}
        save={(defaultReplyMode) => saveSettings({ defaultReplyMode })}
      >
        {replyModeWords[settings.defaultReplyMode].means} {fixedNoticesWords}
      </SavedChoice>
      <SavedNumber
        label="Wait before answering"
        description="Seconds without a new message after which the clone answers, so that several short messages get one answer."
        min={0}
        max={120}
        decimals={1}
        suffix=" s"
        value={settings.gatherMs / 1_000}
        save={(seconds) => saveSettings({ gatherMs: Math.round(seconds * 1_000) })}
      />
    </Section>
  )
}
