import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LedgerRow } from '../../../shared/contract/privacy.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { LedgerTable } from './LedgerTable.tsx'
import { PayloadDrawer } from './PayloadDrawer.tsx'
import './privacy.css'

const pageSize = 50

export const PrivacyScreen = () => {
  const [shown, setShown] = useState<LedgerRow | null>(null)
  const ledger = useInfiniteQuery(
    queries.privacy.ledger.infiniteOptions({
      input: (before: number | undefined) => ({ limit: pageSize, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  const rows = ledger.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the page is scrolled by keyboard, also while it has nothing to press
    <main className="screen" tabIndex={0}>
      <div className="screen-inner privacy">
        <h1 className="screen-title">Privacy</h1>
        <p className="screen-lead">
          Everything your clients say is kept on this machine, encrypted. Only what stands here ever leaves it, and each
          time is written down below, whether it worked or not.
        </p>
        <ul className="promises">
          <li>
            <b>Answers to clients</b>
            They travel over the channel the client uses. While a channel runs, it also asks there for new messages and
            files.
          </li>
          <li>
            <b>Alerts to your own phone</b>
            Only if you linked it. One fixed sentence; the client’s name only if you allow it.
          </li>
          <li>
            <b>Text for the model</b>
            Only if you connected one that runs elsewhere. Replaced first and put back in the answer: names of your
            clients, e-mail addresses, links, phone, account and card numbers. Not recognised: people you never named to
            the console, street addresses, inflected names.
          </li>
          <li>
            <b>Passages and questions for search by meaning</b>
            Only if you set it up with a server elsewhere. Replaced first: full names of your clients, e-mail addresses,
            @names, phone, account and card numbers. Not recognised: first names alone, and people and addresses as
            above.
          </li>
          <li>
            <b>Never: sensitive clients</b>
            Nothing about a client you marked sensitive goes to a model on another machine.
          </li>
        </ul>
        <h2 className="section-title">What left this machine</h2>
        {ledger.isPending ? <Patience /> : null}
        {ledger.isError ? <Problem error={ledger.error} onRetry={() => void ledger.refetch()} /> : null}
        {ledger.isSuccess && rows.length === 0 ? (
          <EmptyState icon={<IconShieldCheck />} title="Nothing has left this machine">
            As soon as something does, it is listed here with its exact content.
          </EmptyState>
        ) : null}
        {rows.length > 0 ? <LedgerTable rows={rows} onShow={setShown} /> : null}
        {ledger.hasNextPage ? (
          <div className="ledger-more">
            <Button isBusy={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
              Show earlier
            </Button>
          </div>
        ) : null}
      </div>
      {shown ? <PayloadDrawer row={shown} onClose={() => setShown(null)} /> : null}
    </main>
  )
}
