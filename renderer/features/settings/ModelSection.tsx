import { ModelForm } from './ModelForm.tsx'
import { Section } from './Section.tsx'
import type { Settings } from './useSettings.ts'

export const ModelSection = ({ settings }: { readonly settings: Settings }) => (
  <Section
    id="model"
    title="Model"
    lead={
      settings.modelReady
        ? 'Connected. What the model is given can be read under Privacy, word for word.'
        : 'No model is connected: clients wait for you, and everything else works.'
    }
  >
    <ModelForm settings={settings} />
  </Section>
)
