import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { host } from '../../../transport/console.ts'
import { count, leftWords } from '../words.ts'
import { setFilter, useFilter } from './filter.ts'

interface ReadingProgressProps {
  readonly progress: {
    readonly done: number
    readonly total: number
    readonly secondsLeft: number | null
    readonly isPaused: boolean
  } | null
  readonly failed: number
}

const Failed = ({ failed }: { readonly failed: number }) => {
  return (
    <p className="reading-failed">
      {count(failed)} cannot be read.{' '}
      <button type="button" className="link-button" onClick={() => setFilter({ state: 'failed', folder: null })}>
        Show {failed === 1 ? 'it' : 'them'}
      </button>
    </p>
  )
}

/** How far reading has come, with the way to stop it for a while; and what could not be read. */
export const ReadingProgress = ({ progress, failed }: ReadingProgressProps) => {
  const pause = useAction(() => host.library.pauseAll({}))
  const resume = useAction(() => host.library.resumeAll({}))
  const isListed = useFilter(({ state }) => state === 'failed')
  const isTold = failed > 0 && !isListed
  if (progress === null && !isTold) return null
  const left = progress && leftWords(progress.secondsLeft)
  return (
    <section className="reading" aria-label="Reading">
      {progress ? (
        <>
          <p className="reading-words">
            <b>{progress.isPaused ? 'Paused' : 'Reading'}</b> {count(progress.done)} of {count(progress.total)} done
            {left && !progress.isPaused ? `, ${left}` : ''}
          </p>
          <progress
            className="bar"
            aria-label="Documents that are done"
            value={progress.done}
            max={Math.max(1, progress.total)}
          />
          {progress.isPaused ? (
            <Button isBusy={resume.isRunning} onClick={() => void resume.run()}>
              Resume all
            </Button>
          ) : (
            <Button isBusy={pause.isRunning} onClick={() => void pause.run()}>
              Pause all
            </Button>
          )}
        </>
      ) : null}
      {isTold ? <Failed failed={failed} /> : null}
    </section>
  )
}
