import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

export const SendingSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section id="sending" title="Sending" lead="For what you write yourself.">
      <SavedNumber
        label="Time to take a message back"
        description="Seconds before your words really go out. 0: they go at once."
        min={0}
        max={30}
        suffix=" s"
        value={settings.undoSendSeconds}
        save={(undoSendSeconds) => saveSettings({ undoSendSeconds })}
      />
      <SavedSwitch
        label="Show clients that an answer is being written"
        isOn={settings.showTyping}
        save={(showTyping) => saveSettings({ showTyping })}
      />
    </Section>
  )
}
