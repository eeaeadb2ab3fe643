import { PastImport, pastLead } from './PastImport.tsx'
import { Section } from './sections/Section.tsx'

/** What was taken in of the time before the clone. */
export const Past = () => (
  <Section id="past" title="Past conversations" lead={pastLead}>
    <PastImport />
  </Section>
)
