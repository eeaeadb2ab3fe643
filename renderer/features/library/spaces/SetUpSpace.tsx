import { Modal, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { isOnThisMachine, isReadableOnTheWay } from '../../../components/addresses.ts'
import { Button } from '../../../components/Button.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { host } from '../../../transport/console.ts'
import { PresetCards } from './PresetCards.tsx'
import { local, type Preset, type ServerChoice } from './presets.ts'
import { type Estimate, SpaceCost } from './SpaceCost.tsx'

interface Fields {
  readonly preset: Preset['id']
  readonly baseUrl: string
  readonly model: string
  readonly apiKey: string
  /** As typed; empty: automatic. */
  readonly size: string
  readonly price: string
}

const fieldsOf = ({ id, baseUrl, model, priceUsd }: Preset): Fields => ({
  preset: id,
  baseUrl,
  model,
  apiKey: '',
  size: '',
  price: String(priceUsd),
})

/** As in the contract. */
const mostDimensions = 8_192
const leastDimensions = 8

const choiceOf = ({ baseUrl, model, size, price }: Fields): ServerChoice => ({
  baseUrl: baseUrl.trim(),
  model: model.trim(),
  ...(size === '' ? {} : { dimensions: Number(size) }),
  priceUsd: Number(price),
})

type Result =
  | { readonly kind: 'none' }
  | { readonly kind: 'cost'; readonly estimate: Estimate }
  | { readonly kind: 'failed'; readonly error: unknown }

interface SetUpSpaceProps {
  /** The model that answers meanwhile; null: words alone. */
  readonly inUse: string | null
  readonly onClose: () => void
}

/** Everything that search by meaning needs, in one step: where, with what, at which cost; then it begins. */
export const SetUpSpace = ({ inUse, onClose }: SetUpSpaceProps) => {
  const [fields, setFields] = useState<Fields>(() => fieldsOf(local))
  const [result, setResult] = useState<Result>({ kind: 'none' })
  const change = (changed: Partial<Fields>) => {
    setFields((before) => ({ ...before, ...changed }))
    // Neither the key nor a mistake that was mended changes what would be sent.
    setResult((before) =>
      before.kind === 'cost' && Object.keys(changed).join() === 'apiKey' ? before : { kind: 'none' },
    )
  }
  const choice = choiceOf(fields)
  const isComplete = choice.model !== '' && (fields.preset === 'openai' || choice.baseUrl !== '')
  const isKnown = result.kind === 'cost'
  const look = useAction(async () => {
    try {
      setResult({ kind: 'cost', estimate: await host.library.spaces.estimate(choice) })
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const setUp = useAction(async () => {
    try {
      await host.library.spaces.setUp({ ...choice, apiKey: fields.apiKey })
      onClose()
    } catch (error) {
      setResult({ kind: 'failed', error })
    }
  })
  const canBegin = isComplete && (isKnown || isOnThisMachine(choice.baseUrl))
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={inUse === null ? 'Set up search by meaning' : 'Switch to another model'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (canBegin) void setUp.run()
          else if (isComplete) void look.run()
        }}
      >
        <PresetCards
          chosen={fields.preset}
          onChoose={(preset) => {
            setFields(fieldsOf(preset))
            setResult({ kind: 'none' })
          }}
        />
        {fields.preset === 'openai' ? null : (
          <TextInput
            label="Address"
            description={
              fields.preset === 'local'
                ? 'Ollama: http://127.0.0.1:11434/v1. LM Studio: http://127.0.0.1:1234/v1.'
                : 'As your provider gives it, beginning with https://.'
            }
            type="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            value={fields.baseUrl}
            onChange={(event) => change({ baseUrl: event.currentTarget.value })}
          />
        )}
        {isReadableOnTheWay(choice.baseUrl) ? (
          <p className="notice" role="status">
            This address is not encrypted: your texts would cross the network readable to others. Use https, or a server
            on this computer.
          </p>
        ) : null}
        <PasswordInput
          label="Key"
          description={
            fields.preset === 'local'
              ? 'A server on this computer usually needs none.'
              : 'Stored encrypted and never shown again. Leave it empty to use the key of your model, if it is for the same server.'
          }
          autoComplete="off"
          maxLength={500}
          value={fields.apiKey}
          onChange={(event) => change({ apiKey: event.currentTarget.value })}
        />
        <TextInput
          label="Model"
          description="The name the server knows it by. It must be one for embeddings."
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={fields.model}
          onChange={(event) => change({ model: event.currentTarget.value })}
        />
        <div className="space-numbers">
          <NumberInput
            label="Price for a million tokens"
            description="In US dollars, as your provider lists it. 0: it costs nothing."
            prefix="$ "
            min={0}
            max={1_000}
            decimalScale={4}
            allowNegative={false}
            value={fields.price}
            onChange={(value) => change({ price: String(value) })}
          />
          <NumberInput
            label="Size"
            description="Figures a passage becomes. Empty: 1,536 where the server can."
            placeholder="Automatic"
            min={leastDimensions}
            max={mostDimensions}
            allowDecimal={false}
            allowNegative={false}
            value={fields.size}
            onChange={(value) => change({ size: String(value) })}
          />
        </div>
        <div className="stack" aria-live="polite">
          {isKnown ? <SpaceCost estimate={result.estimate} choice={choice} /> : null}
          {result.kind === 'failed' ? <Problem error={result.error} /> : null}
        </div>
        <p className="muted small">
          {inUse === null
            ? 'You can go on working meanwhile. Until all passages are done, searches use words only.'
            : `You can go on working meanwhile. ${inUse} answers until the new one is done, and is removed then.`}
        </p>
        {isKnown ? null : <p className="muted small">First see what it would cost; then you can set it up.</p>}
        <div className="row-of-buttons">
          <Button
            kind={isKnown ? 'plain' : 'primary'}
            disabled={!isComplete}
            isBusy={look.isRunning}
            onClick={() => void look.run()}
          >
            {look.isRunning ? 'Counting…' : 'See what it would cost'}
          </Button>
          <Button
            type="submit"
            kind={isKnown ? 'primary' : 'plain'}
            disabled={!canBegin}
            isBusy={setUp.isRunning}
            onClick={(event) => {
              event.preventDefault()
              void setUp.run()
            }}
          >
            {setUp.isRunning ? 'Asking the server…' : 'Set up'}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  )
}
