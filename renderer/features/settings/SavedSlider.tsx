import { useEffect, useState } from 'react'
import { useAction } from '../../app/action.ts'
import { WordSlider, type WordSliderProps } from './WordSlider.tsx'

interface SavedSliderProps extends Omit<WordSliderProps, 'onMove' | 'onLetGo'> {
  readonly save: (value: number) => Promise<unknown>
}

/** A slider that saves when it is let go, and goes back if the host could not save it. */
export const SavedSlider = ({ value, save, ...looks }: SavedSliderProps) => {
  const [moved, setMoved] = useState<number | null>(null)
  const saving = useAction(save)
  useEffect(() => {
    setMoved((now) => (now === value ? null : now))
  }, [value])
  return (
    <WordSlider
      {...looks}
      value={moved ?? value}
      onMove={setMoved}
      onLetGo={async (next) => {
        if (next !== value && !(await saving.run(next))) setMoved(null)
      }}
    />
  )
}
