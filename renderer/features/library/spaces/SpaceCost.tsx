import { useEffect, useRef } from 'react'
import { isOnThisMachine } from '../../../components/addresses.ts'
import type { host } from '../../../transport/console.ts'
import { count } from '../words.ts'
import { type ServerChoice, serverName } from './presets.ts'

export type Estimate = Awaited<ReturnType<typeof host.library.spaces.estimate>>

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const smallest = 0.01

const priceWords = ({ usd }: Estimate, { baseUrl, priceUsd }: ServerChoice): string => {
  if (priceUsd === 0) return isOnThisMachine(baseUrl) ? 'Nothing' : 'Not known: no price is entered'
  if (usd > 0 && usd < smallest) return 'Less than one cent'
  return `About ${dollars.format(usd)}`
}

const sentWords = (passages: number): string => {
  if (passages === 0) return 'Nothing yet; then the text of your passages'
  return passages === 1 ? 'The text of this passage' : `The text of these ${count(passages)} passages`
}

interface SpaceCostProps {
  readonly estimate: Estimate
  readonly choice: ServerChoice
}

/** What a set-up would send and cost, and what exactly would leave the machine, before anything does. */
export const SpaceCost = ({ estimate, choice }: SpaceCostProps) => {
  const { passages, moments, tokens, keptBack } = estimate
  const isLocal = isOnThisMachine(choice.baseUrl)
  const server = serverName(choice.baseUrl)
  const shown = useRef<HTMLElement>(null)
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section ref={shown} className="space-cost" aria-label="What it would cost">
      <dl className="facts">
        <div className="facts-row">
          <dt>Passages</dt>
          <dd>{count(passages)}</dd>
        </div>
        <div className="facts-row">
          <dt>Moments of clients</dt>
          <dd>{count(moments)}</dd>
        </div>
        <div className="facts-row">
          <dt>Tokens</dt>
          <dd>about {count(tokens)}</dd>
        </div>
        <div className="facts-row">
          <dt>Cost, in US dollars</dt>
          <dd>{priceWords(estimate, choice)}</dd>
        </div>
      </dl>
      {isLocal ? (
        <p>
          <b>Nothing leaves this computer.</b> {server} runs on it, so sensitive clients are included.
        </p>
      ) : (
        <>
          <p>
            <b>What would go to {server}:</b>
          </p>
          <ul className="space-leaves">
            <li>
              {sentWords(passages)}, each with the title and headings above it, once; and that of documents you add
              later.
            </li>
            <li>
              Moments remembered of clients (people, wins, struggles, likes), in their words or yours, each once and
              again when it changes. Those marked sensitive are never sent.
            </li>
            <li>
              The question of each search; and what clients write, each time the clone looks something up for a reply.
            </li>
          </ul>
          <p>
            Replaced first: full names of your clients, e-mail addresses, @names, phone, account and card numbers. Not
            recognised: first names alone, people you never named to the console, street addresses.
          </p>
          <p>
            What stays here: documents, moments and words of clients you marked sensitive
            {keptBack > 0 ? ` (now ${count(keptBack)} ${keptBack === 1 ? 'passage' : 'passages'})` : ''}. They are
            searched by words. Everything that leaves is listed under Privacy.
          </p>
        </>
      )}
    </section>
  )
}
