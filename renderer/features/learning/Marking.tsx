import type { LearnedDecision, LearnedKind } from '../../../shared/taxonomy/learning.ts'
import { useAction } from '../../app/action.ts'
import { pushUndo } from '../../app/undo.ts'
import { Button } from '../../components/Button.tsx'
import { host } from '../../transport/console.ts'

interface MarkingProps {
  readonly kind: LearnedKind
  readonly itemKey: string
  /** Whom it was learned for; null for what holds for all. */
  readonly clientId: string | null
  readonly mark: LearnedDecision | null
  /** What it is, for those who hear the page. */
  readonly name: string
}

const doneWords = { paused: 'Paused', undone: 'Undone' } as const satisfies Record<LearnedDecision, string>

/** Pauses or undoes one thing that was learned, or brings it back. */
export const Marking = ({ kind, itemKey, clientId, mark, name }: MarkingProps) => {
  const set = useAction(async (next: LearnedDecision | null) => {
    const change = (to: LearnedDecision | null) => host.learning.mark({ kind, key: itemKey, clientId, mark: to })
    await change(next)
    pushUndo({ label: next === null ? 'Brought back' : doneWords[next], undo: () => change(mark) })
  })
  return (
    <span className="marking">
      {mark === null ? (
        <>
          <Button
            kind="quiet"
            aria-label={`Pause: ${name}`}
            isBusy={set.isRunning}
            onClick={() => void set.run('paused')}
          >
            Pause
          </Button>
          <Button
            kind="quiet"
            aria-label={`Undo: ${name}`}
            isBusy={set.isRunning}
            onClick={() => void set.run('undone')}
          >
            Undo
          </Button>
        </>
      ) : (
        <>
          <span className="learned-state">{doneWords[mark]}</span>
          <Button
            kind="quiet"
            aria-label={`Bring back: ${name}`}
            isBusy={set.isRunning}
            onClick={() => void set.run(null)}
          >
            Bring back
          </Button>
        </>
      )}
    </span>
  )
}
