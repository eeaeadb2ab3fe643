import { NumberInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSaving } from '../../components/useSaving.ts'

interface SavedNumberProps {
  readonly label: string
  readonly description?: ReactNode
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly prefix?: string
  readonly suffix?: string
  /** Digits after the point; without them whole numbers only. */
  readonly decimals?: number
  readonly save: (value: number) => Promise<unknown>
}

/** A number that saves itself as soon as it is one within its bounds. */
export const SavedNumber = ({ value, min, max, decimals = 0, save, ...looks }: SavedNumberProps) => {
  const saving = useSaving(String(value), async (text) => {
    const wanted = Number.parseFloat(text)
    if (Number.isFinite(wanted) && wanted >= min && wanted <= max && wanted !== value) await save(wanted)
  })
  return (
    <NumberInput
      {...looks}
      min={min}
      max={max}
      clampBehavior="blur"
      allowDecimal={decimals > 0}
      decimalScale={decimals}
      value={saving.value}
      onChange={(next) => saving.onChange(String(next))}
      onBlur={saving.onBlur}
    />
  )
}
