import { NumberInput, SegmentedControl } from '@mantine/core'
import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { fixedNoticesWords, replyModeWords } from '../../components/words.ts'
import { Section } from './Section.tsx'
import { type Settings, useSettingsUpdate } from './useSettings.ts'

const choices = replyModes.map((mode) => ({ value: mode, label: replyModeWords[mode].name }))

export const RepliesSection = ({ settings }: { readonly settings: Settings }) => {
  const { update } = useSettingsUpdate()
  return (
    <Section id="replies" title="Replies" lead="For every client who has no setting of their own.">
      <div>
        <SegmentedControl
          aria-label="What the clone does"
          data={choices}
          value={settings.defaultReplyMode}
          onChange={(defaultReplyMode) => update({ defaultReplyMode })}
        />
        <p className="settings-means">
          {replyModeWords[settings.defaultReplyMode].means} {fixedNoticesWords}
        </p>
      </div>
      <NumberInput
        label="Wait before answering"
        description="Seconds without a new message after which the clone answers, so that several short messages get one answer."
        min={0}
        max={120}
        suffix=" s"
        clampBehavior="strict"
        key={settings.gatherMs}
        defaultValue={settings.gatherMs / 1_000}
        onBlur={(event) => {
          const seconds = Number.parseFloat(event.currentTarget.value)
          if (Number.isFinite(seconds) && seconds * 1_000 !== settings.gatherMs) {
            update({ gatherMs: Math.round(seconds * 1_000) })
          }
        }}
      />
    </Section>
  )
}
