import type { UseQueryResult } from '@tanstack/react-query'
import { hrefTo } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { plural } from '../../components/words.ts'
import type { queries } from '../../transport/console.ts'

type Preview = Awaited<ReturnType<typeof queries.handoffs.preview.call>>
type Example = Preview['examples'][number]

const summary = ({ considered, handedOffNow, handedOffThen }: Preview, isChanged: boolean): string => {
  const answers = `Of your last ${plural(considered, 'answer')}`
  const are = handedOffNow === 1 ? 'is' : 'are'
  return isChanged
    ? `${answers}, ${handedOffThen} would have been handed over to you; as it is set now, ${handedOffNow} ${are}.`
    : `${answers}, ${handedOffNow} ${are} handed over to you as it is set now.`
}

const why = ({ score, confidence }: Example): string =>
  [plural(score, 'point'), confidence === null ? null : `confidence ${confidence.toFixed(2)}`]
    .filter(Boolean)
    .join(', ')

/** "At 7 points, 12 of your last 200 answers would have been handed over", and what the coach thought of those. */
const pointsWords = ({ byPoints, considered, marked }: Preview, points: number): string | null => {
  const row = byPoints.find((one) => one.points === points)
  if (row === undefined || row.handedOff === 0) return null
  const first = `At ${plural(points, 'point')}, ${row.handedOff} of your last ${plural(considered, 'answer')} would have been handed over.`
  const caught =
    marked === 0
      ? ''
      : ` You had marked ${marked} of all as yours to answer; ${row.marked} of them would have been among these.`
  const spared = row.sentUnchanged === 0 ? '' : ` Of ${row.sentUnchanged} you had sent the draft as it was.`
  return `${first}${caught}${spared}`
}

const ByPoints = ({
  preview: { byPoints, considered, marked },
  points,
}: {
  readonly preview: Preview
  readonly points: number
}) => (
  <details className="more">
    <summary>The same at each number of points</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
    <section className="by-points" aria-label="Handed over at each number of points" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Hand over from</th>
            <th scope="col">Handed over, of {considered}</th>
            <th scope="col">Marked by you as yours, of {marked}</th>
            <th scope="col">Drafts you sent as they were</th>
          </tr>
        </thead>
        <tbody>
          {byPoints.map((row) => (
            <tr key={row.points} aria-current={row.points === points ? 'true' : undefined}>
              <th scope="row">{plural(row.points, 'point')}</th>
              <td>{row.handedOff}</td>
              <td>{row.marked}</td>
              <td>{row.sentUnchanged}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
)

const ExampleRow = ({ example }: { readonly example: Example }) => (
  <li className="example">
    <p className="example-text" dir="auto">
      {example.messagePreview}
    </p>
    <p className="small muted">
      <a href={hrefTo('inbox', example.conversationId)}>{example.clientName}</a> · <Ago time={example.at} /> ·{' '}
      {why(example)} · <b>{example.wouldHandOff ? 'would come to you' : 'would be answered by the clone'}</b>
    </p>
  </li>
)

interface ThresholdPreviewProps {
  readonly preview: UseQueryResult<Preview>
  /** The thresholds asked about are not those in force. */
  readonly isChanged: boolean
  /** The number of points asked about. */
  readonly points: number
}

/** What the thresholds as they stand would have done to the newest answers, with those that would go the other way. */
export const ThresholdPreview = ({ preview, isChanged, points }: ThresholdPreviewProps) => (
  <section className="preview" aria-label="What this would have done">
    {preview.isPending ? <Patience /> : null}
    {preview.isError ? <Problem error={preview.error} onRetry={() => void preview.refetch()} /> : null}
    {preview.data ? (
      <>
        <p role="status" className="preview-summary">
          {preview.data.considered === 0
            ? 'The clone has not thought about any message yet. Once it has, you see here what these borders would have changed.'
            : summary(preview.data, isChanged)}
        </p>
        {pointsWords(preview.data, points) === null ? null : (
          <p className="small">{pointsWords(preview.data, points)}</p>
        )}
        <p className="small">
          These borders never hold back what is listed as always handed over: a crisis, a client who asks for a person,
          a high-stakes decision while the clone is unsure and the rest come to you whatever they are.
        </p>
        {preview.data.considered > 0 ? <ByPoints preview={preview.data} points={points} /> : null}
        {preview.data.examples.length > 0 ? (
          <details className="more">
            <summary>
              {plural(preview.data.changed, 'answer')} that would go the other way
              {preview.data.changed > preview.data.examples.length
                ? `, the newest ${preview.data.examples.length}`
                : ''}
            </summary>
            <ul className="examples">
              {preview.data.examples.map((example) => (
                <ExampleRow key={`${example.conversationId}-${example.at}`} example={example} />
              ))}
            </ul>
          </details>
        ) : null}
      </>
    ) : null}
  </section>
)
