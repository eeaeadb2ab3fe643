import '@mantine/core/styles/Slider.layer.css'
import { Slider } from '@mantine/core'
import type { ReactNode } from 'react'

export interface WordSliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** The value in words, shown beside the label and said to screen readers. */
  readonly words: (value: number) => string
  /** What the value means, under it. */
  readonly children?: ReactNode
  readonly onMove: (value: number) => void
  readonly onLetGo?: (value: number) => void
}

/** A slider that says in words where it stands. */
export const WordSlider = ({ label, value, words, children, onMove, onLetGo, ...bounds }: WordSliderProps) => (
  <div className="settings-slider">
    <p className="settings-label">
      <span>{label}</span>
      <b className="settings-value">{words(value)}</b>
    </p>
    <Slider
      {...bounds}
      thumbLabel={label}
      thumbValueText={words(value)}
      label={null}
      value={value}
      onChange={onMove}
      {...(onLetGo ? { onChangeEnd: onLetGo } : {})}
    />
    {children ? <p className="settings-means">{children}</p> : null}
  </div>
)
