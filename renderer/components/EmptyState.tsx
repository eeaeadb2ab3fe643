import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  /** What to do next. */
  readonly children?: ReactNode
}

export const EmptyState = ({ icon, title, children }: EmptyStateProps) => (
  <div className="empty">
    {icon ? (
      <div className="empty-icon" aria-hidden="true">
        {icon}
      </div>
    ) : null}
    <h2 className="empty-title">{title}</h2>
    {children ? <div className="empty-text">{children}</div> : null}
  </div>
)
