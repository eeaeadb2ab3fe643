import { Select, Textarea, TextInput } from '@mantine/core'
import type { FocusEvent } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { exactTime, sinceWords, useNow } from '../../components/time.ts'
import { useSaving } from '../../components/useSaving.ts'
import { plural, replyModeWords } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { ClientData } from './data/ClientData.tsx'
import { regions, timeZonesWith } from './places.ts'
import './clients.css'

type Changes = Omit<Parameters<typeof host.clients.update>[0], 'clientId'>

const byDefault = 'default'
const replyModeChoices = [
  { value: byDefault, label: 'As in Settings' },
  ...replyModes.map((mode) => ({ value: mode, label: replyModeWords[mode].name })),
]

const selectText = (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()

interface NameFieldProps {
  readonly name: string
  readonly save: (name: string) => Promise<unknown>
}

/** A client cannot be without a name: an emptied one is said to be missing, and comes back with Escape or on leaving. */
const NameField = ({ name, save }: NameFieldProps) => {
  const field = useSaving(name, async (text) => text.trim() && (await save(text.trim())))
  const isEmpty = field.value.trim() === ''
  const putBack = () => {
    if (isEmpty) field.onChange(name)
  }
  return (
    <TextInput
      label="Name"
      maxLength={120}
      value={field.value}
      error={isEmpty ? `Everybody needs a name. Press Esc to keep “${name}”` : undefined}
      onChange={(event) => field.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isEmpty) return
        event.preventDefault()
        event.stopPropagation()
        putBack()
      }}
      onBlur={() => {
        putBack()
        field.onBlur()
      }}
    />
  )
}

interface GuessedCountryProps {
  readonly region: string
  readonly save: (changes: Changes) => Promise<unknown>
}

/** Emergency numbers go by it in a crisis, so the coach is asked. */
const GuessedCountry = ({ region, save }: GuessedCountryProps) => {
  const confirm = useAction(() => save({ region }))
  const country = regions.find(({ value }) => value === region)?.label ?? region
  return (
    <section className="guessed-country" aria-label="Country to confirm">
      <p>
        Their time zone suggests {country}. Until you confirm it or choose another, a crisis message names the help
        there.
      </p>
      <Button isBusy={confirm.isRunning} onClick={() => void confirm.run()}>
        It is {country}
      </Button>
    </section>
  )
}

/** The facts about a client, each saved by itself. */
export const ClientFields = ({ client }: { readonly client: Client }) => {
  const now = useNow()
  const update = useAction((changes: Changes) => host.clients.update({ clientId: client.id, ...changes }))
  const save = (changes: Changes) => host.clients.update({ clientId: client.id, ...changes })
  const about = useSaving(client.about, (text) => save({ about: text }))
  return (
    <div className="client-fields">
      <NameField name={client.name} save={(name) => save({ name })} />
      <Textarea
        label="About"
        description="What the clone should know about this person. Saved as you write."
        placeholder="e.g. goals, situation, what to be careful with"
        rows={5}
        maxLength={4000}
        value={about.value}
        onChange={(event) => about.onChange(event.currentTarget.value)}
        onBlur={about.onBlur}
      />
      <Select
        label="Replies"
        data={replyModeChoices}
        value={client.replyMode ?? byDefault}
        allowDeselect={false}
        onChange={(value) => void update.run({ replyMode: replyModes.find((mode) => mode === value) ?? null })}
      />
      <Select
        label="Time zone"
        placeholder="Not known"
        data={timeZonesWith(client.timeZone)}
        value={client.timeZone}
        searchable
        clearable
        limit={60}
        onFocus={selectText}
        nothingFoundMessage="No such time zone"
        onChange={(timeZone) => void update.run({ timeZone })}
      />
      <Select
        label="Country"
        description="Decides which emergency help is named in a crisis."
        placeholder="Not known"
        data={regions}
        value={client.region}
        searchable
        clearable
        limit={60}
        onFocus={selectText}
        nothingFoundMessage="No such country"
        onChange={(region) => void update.run({ region })}
      />
      {client.guessedRegion ? <GuessedCountry region={client.guessedRegion} save={save} /> : null}
      <SavedSwitch
        label="Sensitive"
        description="Nothing about this client is ever sent to a model on another machine."
        isOn={client.isSensitive}
        save={(isSensitive) => save({ isSensitive })}
      />
      <p className="client-since">
        {plural(client.messageCount, 'message')} ·{' '}
        <span title={exactTime(client.createdAt)}>since {sinceWords(client.createdAt, now, null)}</span>
        {client.isPractice ? ' · practice client' : ''}
      </p>
      <ClientData client={client} />
    </div>
  )
}
