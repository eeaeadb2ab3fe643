import { PastImport, pastLead } from '../learning/PastImport.tsx'
import { Section } from './Section.tsx'

export const PastSection = () => (
  <Section id="past" title="Past conversations" lead={pastLead}>
    <PastImport />
  </Section>
)
