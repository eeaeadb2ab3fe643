import type { ReactNode } from 'react'

/** A link that leaves the console, in a tab or browser of its own. */
export const Outside = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <a href={href} target="_blank" rel="noopener noreferrer">
    {children}
  </a>
)
