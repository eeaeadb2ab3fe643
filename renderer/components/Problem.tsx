import { problemSentence } from '../transport/problems.ts'
import { Button } from './Button.tsx'

interface ProblemProps {
  readonly error: unknown
  readonly onRetry?: () => void
}

/** Why something could not be shown or done, in the coach's words. */
export const Problem = ({ error, onRetry }: ProblemProps) => (
  <div className="problem" role="alert">
    <p>{problemSentence(error)}</p>
    {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
  </div>
)
