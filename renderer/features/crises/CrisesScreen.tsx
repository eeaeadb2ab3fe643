import './crises.css'
import { CrisisAudit } from './CrisisAudit.tsx'
import { CrisisList } from './CrisisList.tsx'

/** The safety crises there were, and the record of each. */
export const CrisesScreen = ({ openId }: { readonly openId: string | null }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: the page is scrolled by keyboard, also while it has nothing to press
  <main className="screen crises-screen" tabIndex={0}>
    <div className="screen-inner">{openId ? <CrisisAudit key={openId} handoffId={openId} /> : <CrisisList />}</div>
  </main>
)
