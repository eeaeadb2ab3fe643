import { useQuery } from '@tanstack/react-query'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queries } from '../../transport/console.ts'
import { ChannelState } from './ChannelState.tsx'
import { Section } from './Section.tsx'

export const PracticeSection = () => {
  const channels = useQuery(queries.channels.list.queryOptions())
  const start = useAction(() => host.channels.startPractice())
  const stop = useAction(() => host.channels.stopPractice())
  const practice = channels.data?.rows.find((row) => row.name === 'practice')
  return (
    <Section
      id="practice"
      title="Practice"
      lead="Made-up clients write to you as real ones would. Nothing they say leaves this machine unless you connect a model."
    >
      {channels.isError ? <Problem error={channels.error} /> : null}
      {practice ? (
        <ul className="channels">
          <ChannelState channel={practice} />
        </ul>
      ) : null}
      <div className="row-of-buttons">
        {practice?.state === 'running' ? (
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
