import { Textarea, TextInput } from '@mantine/core'
import { useSaving } from '../../components/useSaving.ts'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

export const YouSection = ({ settings }: { readonly settings: Settings }) => {
  const name = useSaving(
    settings.coachName,
    async (text) => text.trim() && (await saveSettings({ coachName: text.trim() })),
  )
  const style = useSaving(settings.coachingStyle, (text) => saveSettings({ coachingStyle: text }))
  return (
    <Section id="you" title="You" lead="How the clone speaks for you. Saved as you write.">
      <TextInput
        label="Your name"
        maxLength={80}
        value={name.value}
        error={
          name.value.trim() === ''
            ? `Clients read your name. Until you enter one, it stays ${settings.coachName}.`
            : null
        }
        onChange={(event) => name.onChange(event.currentTarget.value)}
        onBlur={name.onBlur}
      />
      <Textarea
        label="Your coaching style"
        description="In your own words: tone, length, what you always ask, what you never say."
        placeholder="e.g. Warm and brief. One question at a time. I never give advice before I have asked what they have tried."
        rows={6}
        maxLength={4000}
        value={style.value}
        onChange={(event) => style.onChange(event.currentTarget.value)}
        onBlur={style.onBlur}
      />
    </Section>
  )
}
