import '../learning.css'
import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InterventionAnalysis } from '../../../../shared/contract/learning.ts'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { mediumTime } from '../../../components/time.ts'
import { queries } from '../../../transport/console.ts'
import { CorrectIntervention } from './CorrectIntervention.tsx'
import { Differences, NextTime, TheirWords, WhatTheyDid, WhatYouDid } from './parts.tsx'
import { useActive } from './useActive.ts'

interface BodyProps {
  readonly analysis: InterventionAnalysis
  readonly startsCorrecting: boolean
  /** The coach goes to the thread. */
  readonly onLeave: () => void
}

const Body = ({ analysis, startsCorrecting, onLeave }: BodyProps) => {
  const [isCorrecting, setCorrecting] = useState(startsCorrecting)
  const active = useActive(analysis)
  return (
    <div className="stack intervention">
      <p className="muted">
        {mediumTime(analysis.endedAt)}
        {analysis.isPractice ? ' · practice, in no figure' : null}
        {analysis.isCorrected ? ' · corrected by you' : null}
      </p>
      {isCorrecting ? (
        <CorrectIntervention analysis={analysis} onDone={() => setCorrecting(false)} />
      ) : (
        <>
          <WhatYouDid analysis={analysis} />
          <WhatTheyDid analysis={analysis} />
          <NextTime analysis={analysis} />
          <Differences analysis={analysis} />
          <div className="row-of-buttons">
            <Button onClick={() => setCorrecting(true)}>Correct…</Button>
            <Button isBusy={active.isRunning} onClick={() => void active.run(!analysis.isActive)}>
              {analysis.isActive ? 'Undo' : 'Put back'}
            </Button>
          </div>
        </>
      )}
      <TheirWords analysis={analysis} onLeave={onLeave} />
    </div>
  )
}

interface InterventionDrawerProps {
  readonly interventionId: string
  readonly mode?: 'read' | 'correct'
  readonly onClose: () => void
}

/** What was learned from one takeover, in plain words, with the messages it rests on. */
export const InterventionDrawer = ({ interventionId, mode = 'read', onClose }: InterventionDrawerProps) => {
  const analysis = useQuery(queries.learning.intervention.queryOptions({ input: { id: interventionId } }))
  const title = analysis.data
    ? `With ${analysis.data.clientName}, in ${situationWords[analysis.data.situation]}`
    : 'What was learned'
  return (
    <Drawer opened onClose={onClose} title={title} size={480} closeButtonProps={{ 'aria-label': 'Close' }}>
      {analysis.isPending ? <Patience /> : null}
      {analysis.isError ? <Problem error={analysis.error} onRetry={() => void analysis.refetch()} /> : null}
      {analysis.data ? (
        <Body key={analysis.data.id} analysis={analysis.data} startsCorrecting={mode === 'correct'} onLeave={onClose} />
      ) : null}
    </Drawer>
  )
}
