import { Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconHelpCircle,
  IconPencil,
  IconSchool,
  IconThumbDown,
  IconThumbUp,
  IconTrash,
} from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { startMessageEdit } from './messageEdits.ts'
import { authorOf } from './messageWords.ts'
import { useThread } from './threadContext.ts'
import { useFeedback } from './useFeedback.ts'

interface MessageToolsProps {
  readonly message: Message
  /** The one message of the log that Tab reaches; arrow keys go on from there. */
  readonly isCurrent: boolean
}

/** The clone learns from its own words and the coach's, once they have gone out. */
const canTeach = ({ senderType, content, waiting, removedAt }: Message): boolean =>
  (senderType === 'ai' || senderType === 'human_coach') && content !== '' && waiting === null && removedAt === null

const isRated = (message: Message): boolean => message.senderType === 'ai' && message.trouble === null

const Items = ({ message }: { readonly message: Message }) => {
  const { replyTo, askToRemove, askToLearn, showWhy } = useThread()
  const give = useFeedback(message)
  const copy = useAction(() => navigator.clipboard.writeText(message.content))
  const executionId = message.metadata.execution_id
  const { isHelpful, shouldHaveHandedOver } = message.feedback ?? { isHelpful: null, shouldHaveHandedOver: false }
  const canAnswer = message.waiting === null && message.removedAt === null && message.trouble === null
  return (
    <>
      {canAnswer ? (
        <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => replyTo(message)}>
          Reply to this
        </Menu.Item>
      ) : null}
      {message.content ? (
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy.run()}>
          Copy text
        </Menu.Item>
      ) : null}
      {message.canChange ? (
        <>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => startMessageEdit(message)}>
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => askToRemove(message)}>
            Delete…
          </Menu.Item>
        </>
      ) : null}
      {canTeach(message) ? (
        <Menu.Item leftSection={<IconSchool size={16} />} onClick={() => askToLearn(message)}>
          Learn from this…
        </Menu.Item>
      ) : null}
      {isRated(message) ? (
        <>
          <Menu.Divider />
          <Menu.CheckboxItem
            closeMenuOnClick
            checked={isHelpful === true}
            onChange={(isOn) => void give.run({ isHelpful: isOn ? true : null, reason: null })}
          >
            Helpful
          </Menu.CheckboxItem>
          <Menu.CheckboxItem
            closeMenuOnClick
            checked={isHelpful === false}
            onChange={(isOn) => void give.run({ isHelpful: isOn ? false : null, reason: null })}
          >
            Not helpful
          </Menu.CheckboxItem>
          <Menu.CheckboxItem
            closeMenuOnClick
            checked={shouldHaveHandedOver}
            onChange={(isOn) => void give.run({ shouldHaveHandedOver: isOn })}
          >
            Should have been handed over
          </Menu.CheckboxItem>
        </>
      ) : null}
      {executionId ? (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconHelpCircle size={16} />} onClick={() => showWhy(executionId)}>
            Why this reply
          </Menu.Item>
        </>
      ) : null}
    </>
  )
}

/** What can be done with one message. The menu itself is made when it is first opened: a thread has many rows. */
export const MessageTools = ({ message, isCurrent }: MessageToolsProps) => {
  const [isOpen, setOpen] = useState(false)
  const give = useFeedback(message)
  const opener = useRef<HTMLButtonElement>(null)
  const more = (
    <button
      ref={opener}
      type="button"
      className="tool message-more"
      aria-label={`More about the message by ${authorOf(message)}`}
      aria-haspopup="menu"
      tabIndex={isCurrent ? 0 : -1}
      onClick={isOpen ? undefined : () => setOpen(true)}
    >
      <IconDots size={16} aria-hidden="true" />
    </button>
  )
  const close = () => {
    setOpen(false)
    // The button is a new one once the menu has gone.
    requestAnimationFrame(() => opener.current?.focus({ preventScroll: true }))
  }
  return (
    <div className="message-tools">
      {isRated(message) && message.feedback?.isHelpful == null ? (
        <>
          <button
            type="button"
            className="tool"
            aria-label="Helpful"
            title="Helpful"
            tabIndex={-1}
            onClick={() => void give.run({ isHelpful: true, reason: null })}
          >
            <IconThumbUp size={15} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="tool"
            aria-label="Not helpful"
            title="Not helpful"
            tabIndex={-1}
            onClick={() => void give.run({ isHelpful: false, reason: null })}
          >
            <IconThumbDown size={15} aria-hidden="true" />
          </button>
        </>
      ) : null}
      {isOpen ? (
        <Menu
          opened
          onChange={(isNowOpen) => !isNowOpen && close()}
          position="bottom-end"
          withinPortal
          returnFocus={false}
          withInitialFocusPlaceholder={false}
        >
          <Menu.Target>{more}</Menu.Target>
          <Menu.Dropdown>
            <Items message={message} />
          </Menu.Dropdown>
        </Menu>
      ) : (
        more
      )}
    </div>
  )
}
