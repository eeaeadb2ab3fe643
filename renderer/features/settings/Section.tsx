import type { ReactNode } from 'react'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

export const Section = ({ id, title, lead, children }: SectionProps) => (
  <section className="settings-section" id={`settings-${id}`} aria-labelledby={`settings-${id}-title`}>
    <header>
      <h2 id={`settings-${id}-title`}>{title}</h2>
      {lead ? <p>{lead}</p> : null}
    </header>
    <div className="settings-fields">{children}</div>
  </section>
)
