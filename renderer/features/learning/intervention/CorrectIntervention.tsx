import { NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { Corrections, InterventionAnalysis } from '../../../../shared/contract/learning.ts'
import {
  energies,
  formalities,
  moves,
  paces,
  reactions,
  techniques,
  tones,
} from '../../../../shared/taxonomy/learning.ts'
import {
  energyWords,
  formalityWords,
  moveWords,
  paceWords,
  reactionWords,
  techniqueWords,
  toneWords,
} from '../../../../shared/taxonomy/learningWords.ts'
import { situations, situationWords } from '../../../../shared/taxonomy/situations.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { host } from '../../../transport/console.ts'

const mostItems = 12
const longestPhrase = 200

interface PickProps<T extends string> {
  readonly label: string
  readonly options: readonly T[]
  readonly words: Readonly<Record<T, string>>
  readonly value: T | null
  readonly onPick: (value: T) => void
}

const Pick = <T extends string>({ label, options, words, value, onPick }: PickProps<T>) => (
  <NativeSelect
    label={label}
    value={value ?? ''}
    data={[
      ...(value === null ? [{ value: '', label: 'Not known yet' }] : []),
      ...options.map((option) => ({
        value: option,
        label: words[option].charAt(0).toUpperCase() + words[option].slice(1),
      })),
    ]}
    onChange={(event) => {
      const picked = options.find((option) => option === event.currentTarget.value)
      if (picked !== undefined) onPick(picked)
    }}
  />
)

interface ChipsProps<T extends string> {
  readonly label: string
  readonly items: readonly T[]
  readonly words?: Readonly<Record<T, string>>
  readonly onChange: (items: T[]) => void
}

const Chips = <T extends string>({ label, items, words, onChange }: ChipsProps<T>) => (
  <ul className="phrase-chips" aria-label={label}>
    {items.map((item, index) => {
      const name = words?.[item] ?? item
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice
        <li key={`${item}-${index}`} dir="auto">
          {name}
          <button
            type="button"
            aria-label={`Remove: ${name}`}
            onClick={() => onChange(items.filter((_, other) => other !== index))}
          >
            <IconX size={12} aria-hidden="true" />
          </button>
        </li>
      )
    })}
  </ul>
)

const AddPhrase = ({ onAdd }: { readonly onAdd: (phrase: string) => void }) => {
  const [text, setText] = useState('')
  const add = () => {
    if (text.trim() !== '') onAdd(text.trim())
    setText('')
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <div className="add-phrase">
      <input
        className="note-field"
        aria-label="A phrase of yours to add"
        placeholder="A phrase of yours, word for word"
        dir="auto"
        maxLength={longestPhrase}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      <Button onClick={add}>Add</Button>
    </div>
  )
}

interface CorrectInterventionProps {
  readonly analysis: InterventionAnalysis
  readonly onDone: () => void
}

/** Puts right what was read of an intervention; what the coach leaves alone stays as it was read. */
export const CorrectIntervention = ({ analysis, onDone }: CorrectInterventionProps) => {
  const [changed, setChanged] = useState<Corrections>({})
  const save = useAction(async (corrections: Corrections) => {
    await host.learning.correct({ id: analysis.id, corrections })
    onDone()
  })
  const put = (correction: Corrections) => setChanged((before) => ({ ...before, ...correction }))
  const steps = changed.structure ?? analysis.moves
  const phrases = changed.keyPhrases ?? analysis.phrases
  return (
    <form
      className="correct-intervention"
      aria-label="Correct"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ ...analysis.corrections, ...changed })
      }}
    >
      <p className="muted">Your word stands, and everything that rests on it is worked out again.</p>
      <Pick
        label="What the moment was"
        options={situations}
        words={situationWords}
        value={changed.situationType ?? analysis.situation}
        onPick={(situationType) => put({ situationType })}
      />
      <Pick
        label="Technique"
        options={techniques}
        words={techniqueWords}
        value={changed.techniqueType ?? analysis.technique}
        onPick={(techniqueType) => put({ techniqueType })}
      />
      <div className="correct-pairs">
        <Pick
          label="Tone"
          options={tones}
          words={toneWords}
          value={changed.styleTone ?? analysis.tone}
          onPick={(styleTone) => put({ styleTone })}
        />
        <Pick
          label="Pace"
          options={paces}
          words={paceWords}
          value={changed.stylePace ?? analysis.pace}
          onPick={(stylePace) => put({ stylePace })}
        />
        <Pick
          label="Closeness"
          options={formalities}
          words={formalityWords}
          value={changed.styleFormality ?? analysis.formality}
          onPick={(styleFormality) => put({ styleFormality })}
        />
        <Pick
          label="Energy"
          options={energies}
          words={energyWords}
          value={changed.styleEnergy ?? analysis.energy}
          onPick={(styleEnergy) => put({ styleEnergy })}
        />
      </div>
      <div>
        <p className="field-name">Steps, in their order</p>
        <Chips label="Steps" items={steps} words={moveWords} onChange={(structure) => put({ structure })} />
        {steps.length < mostItems ? (
          <NativeSelect
            aria-label="Add a step"
            value=""
            data={[
              { value: '', label: 'Add a step…' },
              ...moves.map((move) => ({ value: move, label: moveWords[move] })),
            ]}
            onChange={(event) => {
              const move = moves.find((one) => one === event.currentTarget.value)
              if (move !== undefined) put({ structure: [...steps, move] })
            }}
          />
        ) : null}
      </div>
      <div>
        <p className="field-name">Your phrases in it</p>
        <Chips label="Phrases" items={phrases} onChange={(keyPhrases) => put({ keyPhrases })} />
        {phrases.length < mostItems ? (
          <AddPhrase onAdd={(phrase) => put({ keyPhrases: [...phrases.filter((one) => one !== phrase), phrase] })} />
        ) : null}
      </div>
      <Pick
        label="How they took it"
        options={reactions}
        words={reactionWords}
        value={changed.clientReaction ?? analysis.reaction}
        onPick={(clientReaction) => put({ clientReaction })}
      />
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" isBusy={save.isRunning}>
          Save
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
        {analysis.isCorrected ? (
          <Button kind="quiet" isBusy={save.isRunning} onClick={() => void save.run({})}>
            Back to what was read
          </Button>
        ) : null}
      </div>
    </form>
  )
}
