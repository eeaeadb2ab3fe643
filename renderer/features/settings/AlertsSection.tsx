import { useQuery } from '@tanstack/react-query'
import { loudness, playCall } from '../../app/alarmSound.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { queries } from '../../transport/console.ts'
import { SavedChoice } from './SavedChoice.tsx'
import { SavedNumber } from './SavedNumber.tsx'
import { SavedSlider } from './SavedSlider.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const choices = [
  { value: 'alerts', label: 'Calls only' },
  { value: 'needs_me', label: 'What needs me' },
  { value: 'everything', label: 'Every message' },
] as const

const means = {
  alerts: 'Only when a person is needed.',
  needs_me: 'Calls, and whatever waits for you: drafts, requests, failed messages.',
  everything: 'Calls, what waits for you, and each message of a client.',
} as const

const Sound = ({ settings }: { readonly settings: Settings }) => {
  const play = (isCrisis: boolean) => playCall({ isCrisis, gain: loudness(settings.alertVolume, 1) })
  return (
    <>
      <SavedSwitch
        label="Sound"
        description="Heard in one window until you acknowledge the call. Without it, calls are only seen."
        isOn={settings.alertSound}
        save={(alertSound) => saveSettings({ alertSound })}
      />
      {settings.alertSound ? (
        <>
          <SavedSlider
            label="Volume of the first call"
            value={settings.alertVolume}
            min={0}
            max={1}
            step={0.05}
            words={(volume) => (volume === 0 ? 'silent' : `${Math.round(volume * 100)} %`)}
            save={(alertVolume) => saveSettings({ alertVolume })}
          >
            Each time it repeats, it is louder.
          </SavedSlider>
          <div className="row-of-buttons">
            <Button onClick={() => play(false)}>Play a call</Button>
            <Button onClick={() => play(true)}>Play a crisis</Button>
          </div>
        </>
      ) : null}
    </>
  )
}

export const AlertsSection = ({ settings }: { readonly settings: Settings }) => {
  const telegram = useQuery(queries.channels.telegram.queryOptions()).data
  return (
    <Section
      id="alerts"
      title="Alerts"
      lead="How you hear that a client needs you. Whatever you choose here, a call is shown in every window until you acknowledge it."
    >
      <Sound settings={settings} />
      <SavedNumber
        label="Repeat a call every"
        description="Until you acknowledge it or take over."
        min={10}
        max={600}
        suffix=" s"
        value={settings.alertRepeatSeconds}
        save={(alertRepeatSeconds) => saveSettings({ alertRepeatSeconds })}
      />
      <SavedNumber
        label="Call my own phone after"
        description={
          telegram?.isCoachLinked ? (
            'Seconds in which nobody acknowledged. 0: at once.'
          ) : (
            <>
              Seconds in which nobody acknowledged. Your phone is not linked yet:{' '}
              <a href={hrefTo('settings', 'telegram')}>link it under Telegram</a>.
            </>
          )
        }
        min={0}
        max={3_600}
        suffix=" s"
        value={settings.ownDeviceAfterSeconds}
        save={(ownDeviceAfterSeconds) => saveSettings({ ownDeviceAfterSeconds })}
      />
      <SavedSwitch
        label="Name the client on my phone"
        description="Off: the alert only says that a client needs you, as others may see your phone."
        isOn={settings.ownDeviceNames}
        save={(ownDeviceNames) => saveSettings({ ownDeviceNames })}
      />
      <SavedChoice
        label="Notifications of the system for"
        choices={choices}
        value={settings.notifyAbout}
        save={(notifyAbout) => saveSettings({ notifyAbout })}
      >
        {means[settings.notifyAbout]}
      </SavedChoice>
      <SavedNumber
        label="Remind me of a client after a crisis"
        description="Hours after which you are asked to look after them."
        min={1}
        max={336}
        suffix=" h"
        value={settings.followUpHours}
        save={(followUpHours) => saveSettings({ followUpHours })}
      />
    </Section>
  )
}
