import { SavedChoice } from './SavedChoice.tsx'
import { Section } from './Section.tsx'
import { StartAtLogin } from './StartAtLogin.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const choices = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export const AppearanceSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section id="appearance" title={window.opencoach ? 'Appearance and start' : 'Appearance'}>
      <SavedChoice
        label="Colours"
        choices={choices}
        value={settings.colorScheme}
        save={(colorScheme) => saveSettings({ colorScheme })}
      />
      {window.opencoach ? <StartAtLogin bridge={window.opencoach} /> : null}
    </Section>
  )
}
