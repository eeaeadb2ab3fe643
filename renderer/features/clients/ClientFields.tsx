import { Select, Textarea, TextInput } from '@mantine/core'
import type { FocusEvent } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { replyModes } from '../../../shared/taxonomy/conversation.ts'
import { useAction } from '../../app/action.ts'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { exactTime, sinceWords, useNow } from '../../components/time.ts'
import { useSaving } from '../../components/useSaving.ts'
import { plural, replyModeWords } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { regions, timeZonesWith } from './places.ts'
import './clients.css'

type Changes = Omit<Parameters<typeof host.clients.update>[0], 'clientId'>

const byDefault = 'default'
const replyModeChoices = [
  { value: byDefault, label: 'As in Settings' },
  ...replyModes.map((mode) => ({ value: mode, label: replyModeWords[mode].name })),
]

const selectText = (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()

/** The facts about a client, each saved by itself. */
export const ClientFields = ({ client }: { readonly client: Client }) => {
  const now = useNow()
  const update = useAction((changes: Changes) => host.clients.update({ clientId: client.id, ...changes }))
  const save = (changes: Changes) => host.clients.update({ clientId: client.id, ...changes })
  const name = useSaving(client.name, async (text) => text.trim() && (await save({ name: text.trim() })))
  const about = useSaving(client.about, (text) => save({ about: text }))
  return (
    <div className="client-fields">
      <TextInput
        label="Name"
        maxLength={120}
        value={name.value}
        onChange={(event) => name.onChange(event.currentTarget.value)}
        onBlur={name.onBlur}
      />
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
      <SavedSwitch
        label="Sensitive"
        description="Nothing about this client is ever sent to a model on another machine."
        isOn={client.isSensitive}
        save={(isSensitive) => save({ isSensitive })}
      />
      <p className="client-since">
        {plural(client.messageCount, 'message')} ·{' '}
        <span title={exactTime(client.createdAt)}>since {sinceWords(client.createdAt, now)}</span>
        {client.isPractice ? ' · practice client' : ''}
      </p>
    </div>
  )
}
