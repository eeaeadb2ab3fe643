import { useQuery } from '@tanstack/react-query'
import { useNow } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' })
const whole = new Intl.NumberFormat()

const today = (now: number) => {
  const from = new Date(now).setHours(0, 0, 0, 0)
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return {
    from,
    to: to.getTime(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    withPractice: true,
  }
}

const spentWords = (spent: { readonly costMicros: number; readonly tokens: number }, budget: number): string => {
  if (spent.tokens === 0) return 'Nothing spent today.'
  if (spent.costMicros === 0) {
    return `Today ${whole.format(spent.tokens)} tokens, at no known price. Enter the prices below so that the budget can count.`
  }
  const soFar = `Today ${dollars.format(spent.costMicros / 1_000_000)}`
  return budget > 0 ? `${soFar} of ${dollars.format(budget)}.` : `${soFar} so far.`
}

const Spent = ({ budget }: { readonly budget: number }) => {
  const now = useNow()
  const spent = useQuery(queries.reports.overview.queryOptions({ input: today(now) })).data
  return spent ? (
    <p className="settings-fact" role="status">
      {spentWords(spent.totals, budget)}
    </p>
  ) : null
}

export const BudgetSection = ({ settings }: { readonly settings: Settings }) => {
  return (
    <Section
      id="budget"
      title="Budget"
      lead="What the model may cost you in a day, in US dollars. When that much is spent, the clone answers nobody until midnight: whoever writes waits for you, and you are called. A safety crisis is noticed all the same; that never needs the model."
    >
      <Spent budget={settings.dailyBudgetUsd} />
      <SavedNumber
        label="Most for one day, in US dollars"
        description="From midnight to midnight. 0: no limit."
        min={0}
        max={10_000}
        decimals={2}
        prefix="$ "
        value={settings.dailyBudgetUsd}
        save={(dailyBudgetUsd) => saveSettings({ dailyBudgetUsd })}
      />
      <SavedNumber
        label="Price for what the model reads, in US dollars a million tokens"
        description="Your provider lists it as “input”. A token is about three quarters of an English word. Leave both prices at 0 to count with the list price of the model, where OpenCoach knows it."
        min={0}
        max={1_000}
        decimals={4}
        prefix="$ "
        value={settings.priceInUsd}
        save={(priceInUsd) => saveSettings({ priceInUsd })}
      />
      <SavedNumber
        label="Price for what the model writes, in US dollars a million tokens"
        description="Your provider lists it as “output”. Where one price is entered, the other counts as entered too, even 0."
        min={0}
        max={1_000}
        decimals={4}
        prefix="$ "
        value={settings.priceOutUsd}
        save={(priceOutUsd) => saveSettings({ priceOutUsd })}
      />
    </Section>
  )
}
