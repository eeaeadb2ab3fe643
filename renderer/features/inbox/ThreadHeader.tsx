import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronLeft, IconClockPause, IconUser } from '@tabler/icons-react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { type ReplyMode, replyModes } from '../../../shared/taxonomy/conversation.ts'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { setUi } from '../../app/ui.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Button } from '../../components/Button.tsx'
import { OwnerPill } from '../../components/OwnerPill.tsx'
import { timeThere, useNow } from '../../components/time.ts'
import { channelName, fixedNoticesWords, replyModeWords } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { askSnooze, triage } from './list/triage.ts'
import type { ThreadActions } from './useThreadActions.ts'

/** What the clone does here now: nothing by itself while a person has the floor. */
const modeNow = ({ owner, replyMode }: Conversation): string =>
  owner === 'ai' || replyMode === 'off' ? replyModeWords[replyMode].short : 'clone is silent'

const modeTitle = ({ owner, replyMode }: Conversation): string =>
  owner === 'ai' || replyMode === 'off'
    ? 'How the clone answers this client'
    : `The clone is silent until you hand back. Then: ${replyModeWords[replyMode].short}.`

const ReplyModeMenu = ({ conversation }: { readonly conversation: Conversation }) => {
  const choose = useAction((replyMode: ReplyMode) =>
    host.clients.update({ clientId: conversation.clientId, replyMode }),
  )
  return (
    <Menu position="bottom-start" width={300} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="link-button" title={modeTitle(conversation)}>
          {modeNow(conversation)}
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={conversation.replyMode}
          onChange={(value) => {
            const mode = replyModes.find((each) => each === value)
            if (mode) void choose.run(mode)
          }}
        >
          {replyModes.map((mode) => (
            <Menu.RadioItem key={mode} value={mode} closeMenuOnClick>
              <b>{replyModeWords[mode].name}</b>
              <span className="menu-hint">{replyModeWords[mode].means}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <span className="menu-note">{fixedNoticesWords}</span>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Puts the conversation aside until later, or for good. */
const PutAside = ({ conversation }: { readonly conversation: Conversation }) => {
  const settle = useAction((kind: 'done' | 'reopen') => triage([conversation], { kind }))
  const isDone = conversation.doneAt !== null
  return (
    <>
      <Button
        kind="quiet"
        className="put-aside"
        shortcut="H"
        icon={<IconClockPause size={17} aria-hidden="true" />}
        onClick={() => askSnooze([conversation])}
      >
        <span className="put-aside-word">Snooze</span>
      </Button>
      <Button
        kind="quiet"
        className="put-aside"
        icon={<IconCheck size={17} aria-hidden="true" />}
        {...(isDone ? {} : { shortcut: 'E' })}
        isBusy={settle.isRunning}
        onClick={() => void settle.run(isDone ? 'reopen' : 'done')}
      >
        <span className="put-aside-word">{isDone ? 'Reopen' : 'Done'}</span>
      </Button>
    </>
  )
}

interface ThreadHeaderProps {
  readonly conversation: Conversation
  readonly actions: ThreadActions
}

export const ThreadHeader = ({ conversation, actions }: ThreadHeaderProps) => {
  const now = useNow()
  const isLocked = conversation.owner === 'locked'
  const there = timeThere(conversation.timeZone, now)
  return (
    <header className="thread-header">
      <a className="back" href={hrefTo('inbox')} aria-label="Back to the list">
        <IconChevronLeft size={20} aria-hidden="true" />
      </a>
      <Avatar name={conversation.clientName} />
      <div className="thread-who">
        <h2>{conversation.clientName}</h2>
        <p className="thread-facts">
          <OwnerPill owner={conversation.owner}>{isLocked ? 'Locked: only you can write' : null}</OwnerPill>
          {isLocked ? null : (
            <span>
              <ReplyModeMenu conversation={conversation} />
            </span>
          )}
          {conversation.isSensitive ? (
            <span title="Nothing about this client is ever sent to a model on another machine.">sensitive</span>
          ) : null}
          {there ? <span>{there}</span> : null}
          <span>{channelName(conversation.channel)}</span>
        </p>
      </div>
      <div className="thread-actions">
        <PutAside conversation={conversation} />
        {conversation.owner === 'ai' ? (
          <Button shortcut="T" isBusy={actions.takeOver.isRunning} onClick={() => void actions.takeOver.run()}>
            Take over
          </Button>
        ) : null}
        {conversation.owner === 'human' ? (
          <Button shortcut="B" isBusy={actions.handBack.isRunning} onClick={() => void actions.handBack.run()}>
            Hand back
          </Button>
        ) : null}
        <Button
          kind="quiet"
          className="only-narrow"
          aria-label="About the client"
          icon={<IconUser size={18} aria-hidden="true" />}
          onClick={() => setUi({ isClientPaneOpen: true })}
        />
      </div>
    </header>
  )
}
