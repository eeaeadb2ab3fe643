import type { ComponentProps, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  /** The key that does the same, shown beside the word. */
  readonly shortcut?: string
  readonly icon?: ReactNode
  readonly isBusy?: boolean
}

export const Button = ({
  kind = 'plain',
  shortcut,
  icon,
  isBusy = false,
  className = '',
  children,
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    type="button"
    className={`button button-${kind} ${className}`}
    aria-disabled={isBusy || undefined}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
    {...rest}
  >
    {icon}
    {children}
    {shortcut ? <Kbd>{shortcut}</Kbd> : null}
  </button>
)
