import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Kbd } from '../components/Kbd.tsx'
import { queries } from '../transport/console.ts'
import {
  type Command,
  librarySearchCommand,
  screenCommands,
  searchCommand,
  settingsCommands,
  threadCommands,
  undoCommands,
} from './commands.ts'
import { navigate, type Route } from './router.ts'

const typingMs = 100
const clientsShown = 8

const useCommands = (typed: string, route: Route): readonly Command[] => {
  const [search] = useDebouncedValue(typed.trim(), typingMs)
  const openId = route.screen === 'inbox' ? route.id : null
  const open = useQuery({
    ...queries.inbox.conversation.queryOptions({ input: { conversationId: openId ?? '' } }),
    enabled: openId !== null,
  }).data
  const clients = useQuery({
    ...queries.clients.list.queryOptions({ input: { search, limit: clientsShown } }),
    placeholderData: keepPreviousData,
  }).data
  const matches = (command: Command) => command.name.toLowerCase().includes(typed.trim().toLowerCase())
  const people: Command[] = (clients?.rows ?? []).map((client) => ({
    id: client.id,
    name: client.name,
    group: client.conversationId ? 'Conversation' : 'Client',
    run: () => (client.conversationId ? navigate('inbox', client.conversationId) : navigate('clients', client.id)),
  }))
  const words = typed.trim()
  return [
    ...(open ? threadCommands(open).filter(matches) : []),
    ...undoCommands().filter(matches),
    ...screenCommands.filter(matches),
    ...(words === '' ? [] : settingsCommands.filter(matches)),
    ...people,
    ...(words.length > 1 ? [searchCommand(words), librarySearchCommand(words)] : []),
  ]
}

/** One field to go anywhere and do anything that can be done here. */
export const Palette = ({ route, onClose }: { readonly route: Route; readonly onClose: () => void }) => {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const commands = useCommands(typed, route)
  const chosen = commands[Math.min(at, commands.length - 1)]
  useEffect(() => {
    if (chosen) document.getElementById(`command-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, commands.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') run(chosen)
    else return
    event.preventDefault()
  }
  return (
    <Modal.Root
      opened
      onClose={onClose}
      padding={0}
      size={560}
      yOffset="12vh"
      lockScroll={false}
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label="Go to anything" radius={14}>
        <input
          className="palette-field"
          role="combobox"
          aria-label="Go to anything"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={chosen ? `command-${chosen.id}` : undefined}
          placeholder="Go to a client, a screen, or do something…"
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
        <div id="palette-list" className="palette-list" role="listbox" aria-label="Results">
          {commands.map((command) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys of the whole list
            <div
              key={command.id}
              id={`command-${command.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={command === chosen}
              className="palette-option"
              onClick={() => run(command)}
            >
              <span>{command.name}</span>
              <span className="palette-group">{command.shortcut ? <Kbd>{command.shortcut}</Kbd> : command.group}</span>
            </div>
          ))}
        </div>
        {commands.length === 0 ? <p className="palette-none">Nothing by that name. Try a shorter word.</p> : null}
      </Modal.Content>
    </Modal.Root>
  )
}
