import type { ReactNode } from 'react'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** One part of the page with its title. */
export const Section = ({ id, title, lead, children }: SectionProps) => (
  <section className="learned" aria-labelledby={`learned-${id}`}>
    <h2 id={`learned-${id}`}>{title}</h2>
    {lead ? <p className="learned-lead">{lead}</p> : null}
    {children}
  </section>
)
