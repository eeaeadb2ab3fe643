import { type Preset, presets } from './presets.ts'

interface PresetCardsProps {
  readonly chosen: Preset['id']
  readonly onChoose: (preset: Preset) => void
}

/** Where the vectors are made, to choose from. */
export const PresetCards = ({ chosen, onChoose }: PresetCardsProps) => (
  <fieldset className="space-presets">
    <legend>Where</legend>
    {presets.map((preset) => (
      <label key={preset.id} className={`space-preset ${preset.id === chosen ? 'is-chosen' : ''}`}>
        <input
          type="radio"
          name="space-preset"
          checked={preset.id === chosen}
          onChange={() => onChoose(preset)}
          data-autofocus={preset.id === chosen || undefined}
        />
        <span>
          <b>{preset.name}</b>
          <span className="muted small">{preset.about}</span>
        </span>
      </label>
    ))}
  </fieldset>
)
