import type { ReactNode } from 'react'
import type { Picked } from './FigureView.tsx'
import type { Overview } from './figures.ts'

const whole = new Intl.NumberFormat()
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' })

const rateWords = (rate: number | null): string => (rate === null ? '–' : percent.format(rate))

interface FactProps {
  readonly value: string
  readonly children: ReactNode
  readonly onShow?: () => void
}

const Fact = ({ value, children, onShow }: FactProps) => (
  <div className="total">
    <dt>{children}</dt>
    <dd>
      {onShow ? (
        <button type="button" className="link-button" onClick={onShow}>
          {value}
        </button>
      ) : (
        value
      )}
    </dd>
  </div>
)

interface TotalsProps {
  readonly totals: Overview['totals']
  readonly onShow: (picked: Picked) => void
}

/** The rate of handoffs never stands without the rate of those that were missed: fewer is not better by itself. */
export const Totals = ({ totals, onShow }: TotalsProps) => {
  const show = (count: number, what: Picked['what'], title: string) =>
    count === 0 ? {} : { onShow: () => onShow({ what, title, start: null }) }
  return (
    <div className="totals">
      <dl className="totals-pair" aria-label="Handed over, and missed">
        <Fact value={rateWords(totals.handoffRate)} {...show(totals.handoffs, 'handoff', 'Handed over to you')}>
          handed over to you, of all turns ({whole.format(totals.handoffs)})
        </Fact>
        <Fact
          value={rateWords(totals.shouldHaveHandedOverRate)}
          {...show(totals.shouldHaveHandedOver, 'should_have_handed_over', 'Should have been handed over')}
        >
          should have been, by your marks, of the clone’s replies ({whole.format(totals.shouldHaveHandedOver)})
        </Fact>
      </dl>
      <dl className="totals-rest">
        <Fact value={whole.format(totals.clientMessages)}>messages of clients</Fact>
        <Fact value={whole.format(totals.aiReplies)} {...show(totals.aiReplies, 'ai_reply', 'Replies of the clone')}>
          replies of the clone
        </Fact>
        <Fact value={totals.costMicros > 0 ? dollars.format(totals.costMicros / 1_000_000) : '–'}>
          for the model, {whole.format(totals.tokens)} tokens
        </Fact>
      </dl>
    </div>
  )
}
