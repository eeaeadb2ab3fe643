import { RecordingsForm } from './RecordingsForm.tsx'
import { Section } from './Section.tsx'
import type { Settings } from './saveSettings.ts'

const leads = {
  off: 'Audio and video in your library are read once a service turns them into text.',
  unfinished: 'Switched on, but there is no service yet: recordings wait until an address or a key is saved.',
  on: 'Audio and video in your library are turned into text. What is sent can be read under Privacy: which recording, how large, and where to.',
} as const

export const RecordingsSection = ({ settings }: { readonly settings: Settings }) => {
  const state = settings.transcription === 'off' ? 'off' : settings.transcriptionReady ? 'on' : 'unfinished'
  return (
    <Section id="recordings" title="Recordings" lead={leads[state]}>
      <RecordingsForm settings={settings} />
    </Section>
  )
}
