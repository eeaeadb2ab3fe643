import { TextInput } from '@mantine/core'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { useSaving } from '../../components/useSaving.ts'
import { SavedChoice } from './SavedChoice.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

interface ClockFieldProps {
  readonly label: string
  readonly value: string
  readonly save: (value: string) => Promise<unknown>
}

const ClockField = ({ label, value, save }: ClockFieldProps) => {
  const saving = useSaving(value, async (text) => {
    if (/^\d\d:\d\d$/.test(text) && text !== value) await save(text)
  })
  return (
    <TextInput
      type="time"
      label={label}
      className="clock-field"
      value={saving.value}
      error={saving.value === '' ? `Enter a time; until then it stays ${value}.` : null}
      onChange={(event) => saving.onChange(event.currentTarget.value)}
      onBlur={saving.onBlur}
    />
  )
}

const choices = [
  { value: 'wait', label: 'Answer when they end' },
  { value: 'drafts', label: 'Leave drafts' },
] as const

const means = {
  wait: 'What clients write meanwhile is answered in the morning, in their reply mode.',
  drafts: 'The clone writes drafts for you meanwhile and sends nothing.',
} as const

export const QuietSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section
      id="quiet"
      title="Quiet hours"
      lead="When the clone holds back, by the clock where the client lives; by yours where that is not known. A safety crisis and your alerts know no quiet hours."
    >
      <SavedSwitch
        label="Keep quiet hours"
        isOn={settings.quietHoursOn}
        save={(quietHoursOn) => saveSettings({ quietHoursOn })}
      />
      {settings.quietHoursOn ? (
        <>
          <div className="side-by-side">
            <ClockField label="From" value={settings.quietFrom} save={(quietFrom) => saveSettings({ quietFrom })} />
            <ClockField label="To" value={settings.quietTo} save={(quietTo) => saveSettings({ quietTo })} />
          </div>
          {settings.quietFrom === settings.quietTo ? (
            <p role="alert" className="settings-means">
              They begin and end at the same time, so there are none. Choose two different times.
            </p>
          ) : null}
          <SavedChoice
            label="Meanwhile the clone shall"
            choices={choices}
            value={settings.quietWhat}
            save={(quietWhat) => saveSettings({ quietWhat })}
          >
            {means[settings.quietWhat]}
          </SavedChoice>
          <SavedSwitch
            label="Tell the client once a night that the answer comes later"
            description="In fixed words, not the clone’s."
            isOn={settings.quietNotice}
            save={(quietNotice) => saveSettings({ quietNotice })}
          />
        </>
      ) : null}
    </Section>
  )
}
