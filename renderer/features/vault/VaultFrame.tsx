import type { ReactNode } from 'react'
import './vault.css'

interface VaultFrameProps {
  readonly title: string
  readonly step?: string
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** The quiet page around everything that comes before the console itself. */
export const VaultFrame = ({ title, step, isWide = false, children }: VaultFrameProps) => (
  <main className="vault">
    <div className={`vault-card ${isWide ? 'is-wide' : ''}`}>
      <div className="logo" aria-hidden="true" />
      {step ? <p className="vault-step">{step}</p> : null}
      <h1>{title}</h1>
      {children}
    </div>
  </main>
)
