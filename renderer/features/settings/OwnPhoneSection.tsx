import { SavedChoice } from './SavedChoice.tsx'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const choices = [
  { value: 'ask', label: 'Ask me' },
  { value: 'end', label: 'Hand back by itself' },
] as const

const means = {
  ask: 'The conversation stays with you, and the inbox asks whether to hand it back.',
  end: 'The clone takes over again by itself. Never after a safety crisis: there you are always asked.',
} as const

export const OwnPhoneSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section
      id="own-phone"
      title="When I answer from my phone"
      lead="With Telegram Business you can answer clients from your own phone. The clone is silent from then on; as there is no Hand back button there, silence ends it."
    >
      <SavedNumber
        label="After a silence of"
        min={5}
        max={1_440}
        suffix=" min"
        value={settings.silenceMinutes}
        save={(silenceMinutes) => saveSettings({ silenceMinutes })}
      />
      <SavedChoice
        label="The console shall"
        choices={choices}
        value={settings.silenceWhat}
        save={(silenceWhat) => saveSettings({ silenceWhat })}
      >
        {means[settings.silenceWhat]}
      </SavedChoice>
    </Section>
  )
}
