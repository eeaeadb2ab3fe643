import { Component, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'

interface BoundaryProps {
  readonly children: ReactNode
}

interface BoundaryState {
  readonly hasFailed: boolean
}

/** Keeps one failing screen from taking the console with it; a class, as React has no other way. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { hasFailed: false }

  static getDerivedStateFromError(): BoundaryState {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <EmptyState title="This could not be shown">
        Nothing was lost. Loading the window again usually helps, above all after an update.
        <Button kind="primary" onClick={() => location.reload()}>
          Load again
        </Button>
      </EmptyState>
    )
  }
}
