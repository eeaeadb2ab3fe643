import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { useAction } from '../../app/action.ts'
import { correct, markSensitive, pin } from './actions.ts'

interface MemoryMenuProps {
  readonly clientId: string
  readonly item: MemoryItem
  /** The item as it may be read out: a sensitive one stays hidden. */
  readonly label: string
  readonly onMarkSensitive: () => void
  readonly onCorrect: () => void
  readonly onNeverMention: () => void
  readonly onForget: () => void
}

/** What the coach can do with one thing that is remembered. */
export const MemoryMenu = ({
  clientId,
  item,
  label,
  onMarkSensitive,
  onCorrect,
  onNeverMention,
  onForget,
}: MemoryMenuProps) => {
  const act = useAction((what: () => Promise<unknown>) => what())
  return (
    <Menu position="bottom-end" width={220} withInitialFocusPlaceholder={false} transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <button type="button" className="memory-menu" aria-label={`What to do with: ${label}`}>
          <IconDots size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onCorrect}>Correct</Menu.Item>
        {item.readText === null ? null : (
          <Menu.Item onClick={() => void act.run(() => correct(clientId, item, null))}>Back to what was read</Menu.Item>
        )}
        <Menu.Item onClick={() => void act.run(() => pin(clientId, item, !item.isPinned))}>
          {item.isPinned ? 'Unpin' : 'Pin'}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            if (!item.isSensitive) onMarkSensitive()
            void act.run(() => markSensitive(clientId, item, !item.isSensitive))
          }}
        >
          {item.isSensitive ? 'No longer sensitive' : 'Mark as sensitive'}
        </Menu.Item>
        <Menu.Item onClick={onNeverMention}>Never mention…</Menu.Item>
        <Menu.Item className="memory-forget" onClick={onForget}>
          Forget…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
