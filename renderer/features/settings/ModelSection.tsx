import { ModelForm } from './ModelForm.tsx'
import { useModelTest } from './modelTest.ts'
import { Section } from './Section.tsx'
import type { Settings } from './saveSettings.ts'

const canBeRead = 'What the model is given can be read under Privacy, word for word.'

const leads = {
  untested: `A model is set up. Test shows whether it answers. ${canBeRead}`,
  testing: `A model is set up and being asked. ${canBeRead}`,
  works: `Connected. ${canBeRead}`,
  failed: 'Not reachable at the last test: clients wait for you until the model answers.',
} as const

export const ModelSection = ({ settings }: { readonly settings: Settings }) => {
  const test = useModelTest().state
  return (
    <Section
      id="model"
      title="Model"
      lead={
        settings.modelReady ? leads[test] : 'No model is connected: clients wait for you, and everything else works.'
      }
    >
      <ModelForm settings={settings} />
    </Section>
  )
}
