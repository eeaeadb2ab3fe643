import type { ReactNode } from 'react'

/** A key, for the eye only: the name of a button is its word. */
export const Kbd = ({ children }: { readonly children: ReactNode }) => (
  <span className="kbd" aria-hidden="true">
    {children}
  </span>
)
