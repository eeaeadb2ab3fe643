import { Menu, Modal, Switch } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { Button } from '../../components/Button.tsx'
import { timeThere, useNow } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import type { SendPlan } from './composerStore.ts'
import { bothClocks, fieldTime, sendChoices, zoneOrOwn } from './sendTimes.ts'

interface SendLaterProps {
  readonly conversation: Conversation
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onChoose: (plan: SendPlan) => void
}

const aDay = 24 * 60 * 60_000
const furthest = 366 * aDay

interface PickTimeProps extends Omit<SendLaterProps, 'isOpen' | 'onOpen'> {
  readonly onlyIfSilent: boolean
  readonly onOnlyIfSilent: (isOn: boolean) => void
  readonly onClose: () => void
}

const PickTime = ({ conversation, onlyIfSilent, onOnlyIfSilent, onChoose, onClose }: PickTimeProps) => {
  const now = useNow()
  const [field, setField] = useState(() => fieldTime(Date.now() + aDay))
  const name = firstName(conversation.clientName)
  const zone = zoneOrOwn(conversation.timeZone)
  const at = new Date(field).getTime()
  const isPossible = at > now && at < now + furthest
  return (
    <Modal opened onClose={onClose} title="Send later" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isPossible) onChoose({ sendAt: at, onlyIfSilent })
        }}
      >
        <label className="pick-time">
          <span>Day and time, on your clock</span>
          <input
            type="datetime-local"
            data-autofocus
            value={field}
            min={fieldTime(now)}
            onChange={(event) => setField(event.currentTarget.value)}
          />
        </label>
        <p className="muted" aria-live="polite">
          {isPossible ? `Goes ${bothClocks(at, now, zone, name)}.` : 'Choose a time within the next year.'}
        </p>
        <Switch
          label={`Not if ${name} writes first`}
          description="It then comes back to you, and you decide."
          checked={onlyIfSilent}
          onChange={(event) => onOnlyIfSilent(event.currentTarget.checked)}
        />
        <div className="row-of-buttons">
          <Button type="submit" kind="primary" disabled={!isPossible} onClick={() => undefined}>
            Schedule
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  )
}

/** Puts a reply off to a time that suits the client. */
export const SendLater = ({ conversation, isOpen, onOpen, onChoose }: SendLaterProps) => {
  const now = useNow()
  const [onlyIfSilent, setOnlyIfSilent] = useState(true)
  const [isPicking, setPicking] = useState(false)
  const name = firstName(conversation.clientName)
  const zone = zoneOrOwn(conversation.timeZone)
  const there = timeThere(conversation.timeZone, now)
  return (
    <>
      <Menu opened={isOpen} onChange={onOpen} position="top-start" width={280} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button icon={<IconClock size={16} aria-hidden="true" />} aria-label="Send later">
            Later
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{there ? `It is ${there}` : 'On your clock; their time zone is not known'}</Menu.Label>
          {sendChoices(now, zone).map((choice) => (
            <Menu.Item key={choice.name} onClick={() => onChoose({ sendAt: choice.at, onlyIfSilent })}>
              {choice.name}
              <span className="menu-hint">{bothClocks(choice.at, now, zone, name)}</span>
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setPicking(true)}>Choose a time…</Menu.Item>
          <Menu.Divider />
          <Menu.CheckboxItem checked={onlyIfSilent} onChange={setOnlyIfSilent}>
            Not if {name} writes first
          </Menu.CheckboxItem>
        </Menu.Dropdown>
      </Menu>
      {isPicking ? (
        <PickTime
          conversation={conversation}
          onlyIfSilent={onlyIfSilent}
          onOnlyIfSilent={setOnlyIfSilent}
          onChoose={(plan) => {
            setPicking(false)
            onChoose(plan)
          }}
          onClose={() => setPicking(false)}
        />
      ) : null}
    </>
  )
}
