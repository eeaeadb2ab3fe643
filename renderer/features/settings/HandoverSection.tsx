import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Thresholds } from '../../../shared/contract/handoffs.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { queries } from '../../transport/console.ts'
import { Confidence } from '../learning/Confidence.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'
import { ThresholdPreview } from './ThresholdPreview.tsx'
import { WordSlider } from './WordSlider.tsx'

const settleMs = 200

// Despair counts 2 points, an unsure clone 3, a high-stakes decision 3; what is listed below hands over by itself.
const pointsMean = (points: number): string => {
  if (points <= 2) return 'Any single sign is enough, even despair in the client’s words alone.'
  if (points === 3) return 'An unsure clone is enough, or a high-stakes decision.'
  if (points <= 5) return 'Two signs together, such as despair and an unsure clone.'
  // Unsure with high stakes, all that is left to reach so many, is handed over by itself.
  return 'Never by points alone: only what is listed below calls you.'
}

const unsureMeans = (border: number): string => {
  if (border === 0) return 'The clone never counts as unsure.'
  if (border === 1) return 'The clone nearly always counts as unsure.'
  return `The clone counts as unsure when it gives itself less than ${border.toFixed(2)}.`
}

const despairMeans = (border: number): string => {
  if (border <= -0.95) return 'Words hardly ever count as despair.'
  if (border <= -0.6) return 'Words count as despair when they are clearly hopeless.'
  return border <= -0.3 ? 'Low spirits count already.' : 'Any unhappy word counts already.'
}

const names = ['handOffAt', 'lowConfidenceBelow', 'despairBelow'] as const

const thresholdsOf = ({ handOffAt, lowConfidenceBelow, despairBelow }: Thresholds): Thresholds => ({
  handOffAt,
  lowConfidenceBelow,
  despairBelow,
})

export const HandoverSection = ({ settings }: { readonly settings: Settings }) => {
  const inForce = thresholdsOf(settings)
  const [moved, setMoved] = useState<Thresholds | null>(null)
  const wanted = moved ?? inForce
  const [settled] = useDebouncedValue(wanted, settleMs)
  const preview = useQuery({
    ...queries.handoffs.preview.queryOptions({ input: thresholdsOf(settled) }),
    placeholderData: keepPreviousData,
  })
  const move = (change: Partial<Thresholds>) => setMoved({ ...wanted, ...change })
  const use = useAction(async () => {
    await saveSettings(wanted)
    setMoved(null)
  })
  const isChanged = names.some((name) => wanted[name] !== inForce[name])
  return (
    <Section
      id="handover"
      title="Handing over to you"
      lead="When the clone stops answering and calls you. Move a slider, and you see what it would have done before you use it."
    >
      <WordSlider
        label="Hand over from"
        value={wanted.handOffAt}
        min={1}
        max={10}
        step={1}
        words={(points) => `${points} of 10 points`}
        onMove={(handOffAt) => move({ handOffAt })}
      >
        {pointsMean(wanted.handOffAt)}
      </WordSlider>
      <WordSlider
        label="Unsure below a confidence of"
        value={wanted.lowConfidenceBelow}
        min={0}
        max={1}
        step={0.05}
        words={(border) => border.toFixed(2)}
        onMove={(lowConfidenceBelow) => move({ lowConfidenceBelow })}
      >
        {unsureMeans(wanted.lowConfidenceBelow)}
      </WordSlider>
      <WordSlider
        label="Despair below a mood of"
        value={wanted.despairBelow}
        min={-1}
        max={0}
        step={0.05}
        words={(border) => border.toFixed(2).replace('-', '−')}
        onMove={(despairBelow) => move({ despairBelow })}
      >
        {despairMeans(wanted.despairBelow)} −1.00 is the darkest, 0 is neither good nor bad.
      </WordSlider>
      <div className="always">
        <p>
          <b>Always handed over, whatever stands above:</b>
        </p>
        <ul>
          <li>a safety crisis: this cannot be switched off</li>
          <li>a client who asks for a person</li>
          <li>a high-stakes decision while the clone is unsure</li>
          <li>a clone that says itself that it should not answer: a confidence below 0.15</li>
          <li>
            something that nobody can read here, an answer that failed or was held back, a talk that goes in circles
          </li>
        </ul>
      </div>
      <ThresholdPreview preview={preview} isChanged={isChanged} points={wanted.handOffAt} />
      {isChanged ? (
        <div className="row-of-buttons">
          <Button kind="primary" isBusy={use.isRunning} onClick={() => void use.run()}>
            Use these
          </Button>
          <Button onClick={() => setMoved(null)}>Back to how it was</Button>
        </div>
      ) : null}
      <Confidence heading="h3" />
    </Section>
  )
}
