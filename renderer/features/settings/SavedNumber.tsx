import { NumberInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
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

/** What a field that was left with something else than a number within its bounds says; null where all is well. */
const noteOn = (text: string, min: number, max: number): string | null => {
  const number = Number.parseFloat(text)
  if (!Number.isFinite(number)) return 'It takes a number, so what was there stays.'
  if (number < min) return `The least is ${min.toLocaleString()}.`
  return number > max ? `The most is ${max.toLocaleString()}.` : null
}

/** A number that saves itself as soon as it is one within its bounds; left with anything else, it says what it made of it. */
export const SavedNumber = ({ value, min, max, decimals = 0, save, ...looks }: SavedNumberProps) => {
  const [note, setNote] = useState<string | null>(null)
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
      onFocus={() => setNote(null)}
      onBlur={() => {
        setNote(noteOn(saving.value, min, max))
        if (!Number.isFinite(Number.parseFloat(saving.value))) saving.onChange(String(value))
        saving.onBlur()
      }}
      error={note}
    />
  )
}
