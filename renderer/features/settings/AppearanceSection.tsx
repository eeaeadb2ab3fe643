import { SegmentedControl } from '@mantine/core'
import { Section } from './Section.tsx'
import { type Settings, useSettingsUpdate } from './useSettings.ts'

const choices = [
  { value: 'auto' as const, label: 'As the system' },
  { value: 'light' as const, label: 'Light' },
  { value: 'dark' as const, label: 'Dark' },
]

export const AppearanceSection = ({ settings }: { readonly settings: Settings }) => {
  const { update } = useSettingsUpdate()
  return (
    <Section id="appearance" title="Appearance">
      <div>
        <SegmentedControl
          aria-label="Colours"
          data={choices}
          value={settings.colorScheme}
          onChange={(colorScheme) => update({ colorScheme })}
        />
      </div>
    </Section>
  )
}
