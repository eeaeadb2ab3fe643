import { useQuery } from '@tanstack/react-query'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queries } from '../../transport/console.ts'
import { Section } from './Section.tsx'

const stateWords = { off: 'Off', running: 'Running', trouble: 'Trouble', finished: 'Finished' } as const

export const PracticeSection = () => {
  const channels = useQuery(queries.channels.list.queryOptions())
  const start = useAction(() => host.channels.startPractice())
  const stop = useAction(() => host.channels.stopPractice())
  const isRunning = channels.data?.rows.some((row) => row.name === 'practice' && row.state === 'running') ?? false
  return (
    <Section
      id="practice"
      title="Practice"
      lead="Made-up clients write to you as real ones would. Nothing they say leaves this machine unless you connect a model."
    >
      {channels.isError ? <Problem error={channels.error} /> : null}
      <ul className="channels">
        {channels.data?.rows.map((row) => (
          <li key={row.name}>
            <b>{row.title}</b>
            <span className={`channel-state channel-${row.state}`}>{stateWords[row.state]}</span>
            <p className="muted">{row.detail}</p>
          </li>
        ))}
      </ul>
      <div className="row-of-buttons">
        {isRunning ? (
          <Button isBusy={stop.isRunning} onClick={() => void stop.run()}>
            Stop practice
          </Button>
        ) : (
          <Button isBusy={start.isRunning} onClick={() => void start.run()}>
            Start practice
          </Button>
        )}
      </div>
    </Section>
  )
}
