import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { PastPreview } from '../../../shared/contract/past.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { dayThere, mediumTime } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { countWords, formatWords, keptWords, leftOutWords, periodWords } from './pastWords.ts'
import type { PastStep, ReadAs, usePastFlow } from './usePastFlow.ts'

interface PastChoicesProps {
  readonly step: Extract<PastStep, { kind: 'choosing' }>
  readonly flow: ReturnType<typeof usePastFlow>
}

type Thread = PastPreview['threads'][number]

const leaveOut = 'leave-out'
const nobody = 'nobody'
const mostClients = 200

const About = ({ preview }: { readonly preview: PastPreview }) => {
  const period = periodWords(preview.firstAt, preview.lastAt)
  const unit = preview.format === 'writing' ? 'paragraph' : 'message'
  const leftOut = leftOutWords(preview.counts)
  return (
    <>
      <div>
        <p className="past-name" dir="auto">
          <b>{preview.fileName}</b>
        </p>
        <p className="small muted">
          {formatWords[preview.format]} · {countWords(preview.turns, unit)}
          {period ? ` · ${period}` : ''}
        </p>
      </div>
      <ul className="past-samples" aria-label="The first lines">
        {preview.samples.map(({ from, text, at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: three lines that never move
          <li key={index} dir="auto">
            {from ? <b>{from}: </b> : null}
            {text}
            {at === null ? null : <span className="small muted"> {mediumTime(at)}</span>}
          </li>
        ))}
      </ul>
      {leftOut.length + keptWords(preview.counts).length > 0 ? (
        <div className="small">
          {leftOut.length > 0 ? <p>Left out: {leftOut.join(', ')}.</p> : null}
          {preview.groups.length > 0 ? (
            <p className="muted">
              Only conversations between two people are taken in, so not: {preview.groups.join(', ')}
              {preview.groupCount > preview.groups.length
                ? ` and ${preview.groupCount - preview.groups.length} more`
                : ''}
            </p>
          ) : null}
          {keptWords(preview.counts).map((words) => (
            <p key={words}>{words}.</p>
          ))}
        </div>
      ) : null}
    </>
  )
}

const Readings = ({
  preview,
  readAs,
  onRead,
}: {
  preview: PastPreview
  readAs: ReadAs
  onRead: (as: ReadAs) => void
}) => {
  const labelId = useId()
  return (
    <>
      {preview.formats.length > 1 ? (
        <div>
          <p className="past-label" id={labelId}>
            What is in this file?
          </p>
          <SegmentedControl
            aria-labelledby={labelId}
            data={[
              { value: 'transcript', label: 'A conversation' },
              { value: 'writing', label: 'My own writing' },
            ]}
            value={preview.format}
            onChange={(value) => onRead({ ...readAs, format: value === 'writing' ? 'writing' : 'transcript' })}
          />
        </div>
      ) : null}
      {preview.ambiguousDate ? (
        <Select
          label="Which day is the first date in this file?"
          description="Its dates can be read in two ways."
          placeholder="Choose the right one"
          data={[
            { value: 'day', label: dayThere(preview.ambiguousDate.day, null) },
            { value: 'month', label: dayThere(preview.ambiguousDate.month, null) },
          ]}
          onChange={(value) =>
            value === 'day' || value === 'month' ? onRead({ ...readAs, dateOrder: value }) : undefined
          }
        />
      ) : null}
    </>
  )
}

const otherOf = ({ people, name }: Thread, coach: string | null): string =>
  people.find((one) => one.name !== coach)?.name || name || 'the other person'

/** What the coach says of a file before it is taken in: who they are, and who the others are. */
export const PastChoices = ({ step: { preview, readAs, refusal }, flow }: PastChoicesProps) => {
  const clients = useQuery(queries.clients.list.queryOptions({ input: { search: '', limit: mostClients } }))
  const [coach, setCoach] = useState(preview.coachGuess)
  const [said, setSaid] = useState<ReadonlyMap<number, string>>(new Map())
  const isWriting = preview.format === 'writing'
  const isSingle = preview.threads.length === 1
  const known = clients.data?.rows ?? []

  const sameName = (thread: Thread): string | undefined => {
    const other = otherOf(thread, coach).toLowerCase()
    const found = known.filter(({ name }) => name.toLowerCase() === other)
    return found.length === 1 ? found[0]?.id : undefined
  }
  // Of many chats most are none of this console's business: nothing is taken in that the coach did not choose.
  const answerFor = (thread: Thread): string | null =>
    said.get(thread.thread) ?? sameName(thread) ?? (isSingle ? null : leaveOut)

  const withCoach = preview.threads.filter(({ people }) => people.some(({ name }) => name === coach))
  const asked = isWriting || coach === null ? [] : withCoach
  const chosen = isWriting
    ? [{ thread: 0, clientId: null }]
    : asked.flatMap((thread) => {
        const answer = answerFor(thread)
        if (answer === null || answer === leaveOut) return []
        return [{ thread: thread.thread, clientId: answer === nobody ? null : answer }]
      })
  const isReady = chosen.length > 0 && preview.ambiguousDate === null
  const choices = [
    { value: nobody, label: 'Nobody here: keep only my words' },
    ...(isSingle ? [] : [{ value: leaveOut, label: 'Leave out' }]),
    ...known.map(({ id, name, createdAt }) => ({
      value: id,
      label:
        known.filter((one) => one.name === name).length > 1 ? `${name} (since ${dayThere(createdAt, null)})` : name,
    })),
  ]

  if (preview.takenInAt !== null)
    return (
      <>
        <About preview={preview} />
        <p className="notice" role="status">
          This file was taken in on {dayThere(preview.takenInAt, null)}. To take it in anew, remove that import first.
        </p>
        <div className="row-of-buttons">
          <Button kind="primary" data-autofocus onClick={flow.close}>
            Close
          </Button>
        </div>
      </>
    )
  return (
    <>
      <About preview={preview} />
      <Readings preview={preview} readAs={readAs} onRead={(as) => void flow.readAgain(preview, as)} />
      {clients.isError ? <Problem error={clients.error} onRetry={() => void clients.refetch()} /> : null}
      {preview.people.length > 0 ? (
        <Select
          label="Which one are you?"
          placeholder="Choose your name"
          data={preview.people.map(({ name, turns }) => ({
            value: name,
            label: `${name} (${countWords(turns, 'message')})`,
          }))}
          value={coach}
          searchable={preview.people.length > 8}
          limit={100}
          data-autofocus
          allowDeselect={false}
          onChange={(name) => {
            setCoach(name)
            setSaid(new Map())
          }}
        />
      ) : null}
      {asked.length > 0 ? (
        <ul className="past-threads" aria-label="Conversations">
          {asked.map((thread) => (
            <li key={thread.thread}>
              <Select
                label={`Who is ${otherOf(thread, coach)} here?`}
                description={[countWords(thread.turns, 'message'), periodWords(thread.firstAt, thread.lastAt)]
                  .filter(Boolean)
                  .join(' · ')}
                placeholder="Choose a client, or nobody"
                data={choices}
                value={answerFor(thread)}
                searchable
                limit={60}
                allowDeselect={false}
                nothingFoundMessage="No client by that name"
                onChange={(value) => value && setSaid(new Map(said).set(thread.thread, value))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {preview.moreThreads > 0 ? (
        <p className="small muted">
          {countWords(preview.moreThreads, 'shorter conversation')} more can be taken in from an export of their own.
        </p>
      ) : null}
      {!isWriting && preview.threads.length === 0 ? (
        <p role="status">There is no conversation between two people in this file, so there is nothing to take in.</p>
      ) : null}
      {isWriting ? <p className="small muted">All of it is taken as your own words.</p> : null}
      {refusal ? (
        <p className="notice" role="alert">
          {refusal}
        </p>
      ) : null}
      <div className="row-of-buttons">
        <Button
          kind="primary"
          disabled={!isReady}
          onClick={() => void flow.takeIn(preview, readAs, { coach: isWriting ? '' : (coach ?? ''), threads: chosen })}
        >
          Take in
        </Button>
        <Button onClick={flow.close}>Cancel</Button>
      </div>
    </>
  )
}
