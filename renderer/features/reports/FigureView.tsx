import { lazy, Suspense } from 'react'
import { type Behind, type Column, type Figure, isEmptyFigure } from './figures.ts'
import { bucketName } from './range.ts'

// The charts are as large as the rest of the console together, and only shown here.
const Plot = lazy(() => import('./Plot.tsx').then((module) => ({ default: module.Plot })))

export interface Picked extends Behind {
  readonly title: string
  /** Start of one bar; null for the whole span. */
  readonly start: number | null
}

interface FigureViewProps {
  readonly figure: Figure
  readonly unit: 'day' | 'week'
  readonly onShow: (picked: Picked) => void
}

const Legend = ({ figure, onShow }: Pick<FigureViewProps, 'figure' | 'onShow'>) => (
  <ul className="legend" aria-label={`${figure.title}: in all`}>
    {figure.columns.map(({ key, name, color, total, behind }) => (
      <li key={key}>
        <button type="button" onClick={() => onShow({ ...behind, title: `${figure.title}: ${name}`, start: null })}>
          {color === null ? null : <Swatch color={color} />}
          {name}
          {total === null ? null : <b>{total}</b>}
        </button>
      </li>
    ))}
  </ul>
)

const Swatch = ({ color }: { readonly color: string }) => (
  <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
    <rect width="10" height="10" rx="2" fill={color} />
  </svg>
)

const Table = ({ figure, unit, onShow }: FigureViewProps) => {
  const rows = figure.rows.filter(({ values }) => Object.values(values).some((value) => value))
  const pick = ({ name, behind }: Column, start: number) =>
    onShow({ ...behind, title: `${figure.title}: ${name}, ${bucketName(start, unit)}`, start })
  return (
    <details className="figure-table">
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
      <section className="table-frame" aria-label={`${figure.title}, as a table`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{unit === 'day' ? 'Day' : 'Week'}</th>
              {figure.columns.map(({ key, name }) => (
                <th scope="col" className="number" key={key}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ start, values }) => (
              <tr key={start}>
                <th scope="row">{bucketName(start, unit)}</th>
                {figure.columns.map((column) => {
                  const value = values[column.key]
                  return (
                    <td key={column.key} className="number">
                      {value ? (
                        <button type="button" className="link-button" onClick={() => pick(column, start)}>
                          {figure.words(value)}
                        </button>
                      ) : (
                        '–'
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** One figure: picture, legend and table; each number leads to the messages behind it. */
export const FigureView = ({ figure, unit, onShow }: FigureViewProps) => (
  <section className="figure" aria-labelledby={`figure-${figure.id}`}>
    <h2 id={`figure-${figure.id}`}>{figure.title}</h2>
    {isEmptyFigure(figure) ? (
      <p className="figure-empty">{figure.empty}</p>
    ) : (
      <>
        <p className="figure-lead">{figure.lead}</p>
        <Legend figure={figure} onShow={onShow} />
        <div className="plot">
          <Suspense>
            <Plot
              figure={figure}
              unit={unit}
              onPick={(key, start) => {
                const column = figure.columns.find((each) => each.key === key)
                if (!column) return
                onShow({
                  ...column.behind,
                  title: `${figure.title}: ${column.name}, ${bucketName(start, unit)}`,
                  start,
                })
              }}
            />
          </Suspense>
        </div>
        <Table figure={figure} unit={unit} onShow={onShow} />
      </>
    )}
  </section>
)
