import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FollowUp } from '../../../shared/contract/handoffs.ts'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { exactTime, useNow, waitWords } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { CheckInNotice } from '../timeline/CheckInNotice.tsx'
import { useFollowUps } from './FollowUps.tsx'
import { triage } from './list/triage.ts'
import { sendChoices } from './sendTimes.ts'
import type { ThreadActions } from './useThreadActions.ts'

interface StripProps {
  readonly name: string
  readonly words: ReactNode
  readonly isWarning?: boolean
  readonly children?: ReactNode
}

const Strip = ({ name, words, isWarning = false, children }: StripProps) => (
  <section className={`strip ${isWarning ? 'strip-warning' : ''}`} aria-label={name}>
    <p>{words}</p>
    {children ? <div className="row-of-buttons">{children}</div> : null}
  </section>
)

const Request = ({ conversation }: { readonly conversation: Conversation }) => {
  const name = firstName(conversation.clientName)
  const decide = useAction((kind: 'accept' | 'decline') => triage([conversation], { kind }))
  const isDeclined = conversation.acceptance === 'declined'
  return (
    <Strip
      isWarning={!isDeclined}
      name="Request"
      words={
        isDeclined ? (
          <>You declined {name}. The clone answers nothing; you can still let them in.</>
        ) : (
          <>
            <b>{name} is new here.</b> The clone answers nothing before you accept.
          </>
        )
      }
    >
      <Button kind="primary" isBusy={decide.isRunning} onClick={() => void decide.run('accept')}>
        Accept
      </Button>
      {isDeclined ? null : (
        <Button isBusy={decide.isRunning} onClick={() => void decide.run('decline')}>
          Decline
        </Button>
      )}
    </Strip>
  )
}

interface HandBackQuestionProps {
  readonly actions: ThreadActions
  /** The newest of the coach's own messages; milliseconds UTC, null where it is not loaded. */
  readonly answeredAt: number | null
}

const HandBackQuestion = ({ actions, answeredAt }: HandBackQuestionProps) => {
  const now = useNow()
  const ago = answeredAt === null ? null : waitWords(answeredAt, now)
  return (
    <Strip
      name="Hand back?"
      words={<>You answered from your own device{ago ? ` ${ago} ago` : ''}. Hand back to the clone?</>}
    >
      <Button kind="primary" isBusy={actions.handBack.isRunning} onClick={() => void actions.handBack.run()}>
        Hand back to the clone
      </Button>
      <Button isBusy={actions.takeOver.isRunning} onClick={() => void actions.takeOver.run()}>
        Stay
      </Button>
    </Strip>
  )
}

const Due = ({ followUp, name }: { readonly followUp: FollowUp; readonly name: string }) => {
  const now = useNow()
  const finish = useAction(() => host.handoffs.followUpDone({ id: followUp.id }))
  const later = useAction((dueAt: number) => host.handoffs.followUpLater({ id: followUp.id, dueAt }))
  return (
    <Strip
      name="Follow-up"
      words={
        <span title={`Due ${exactTime(followUp.dueAt)}`}>
          <b>Look after {name}:</b> <span dir="auto">{followUp.reason}</span>
          {followUp.crisisId === null ? null : (
            <>
              {' '}
              <a href={hrefTo('crises', followUp.crisisId)}>Crisis record</a>
            </>
          )}
        </span>
      }
    >
      <Button isBusy={finish.isRunning} onClick={() => void finish.run()}>
        Done
      </Button>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button kind="quiet" isBusy={later.isRunning}>
            Later
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {sendChoices(now, undefined).map((choice) => (
            <Menu.Item key={choice.name} onClick={() => void later.run(choice.at)}>
              {choice.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Strip>
  )
}

interface ThreadNoticesProps {
  readonly conversation: Conversation
  readonly messages: readonly Message[]
  readonly actions: ThreadActions
}

/** What stands over a thread besides an alert: a request, a client who cannot be reached, and what is due. */
export const ThreadNotices = ({ conversation, messages, actions }: ThreadNoticesProps) => {
  const name = firstName(conversation.clientName)
  const due = useFollowUps(conversation.id).filter((followUp) => followUp.isDue)
  const answeredAt = messages.findLast((message) => message.senderType === 'human_coach')?.sentAt ?? null
  return (
    <>
      {conversation.acceptance === 'accepted' ? null : <Request conversation={conversation} />}
      {conversation.isReachable ? null : (
        <Strip isWarning name="Not reachable" words={`${name} has blocked the bot; nothing can reach them there.`} />
      )}
      {conversation.asksToHandBack ? <HandBackQuestion actions={actions} answeredAt={answeredAt} /> : null}
      {conversation.isLeftToCoach ? (
        <Strip
          name="Left to you"
          words={`${name}’s last message is not answered yet. After the crisis the clone leaves it to you and resumes with their next one.`}
        />
      ) : null}
      <CheckInNotice clientId={conversation.clientId} conversationId={conversation.id} />
      {due.map((followUp) => (
        <Due key={followUp.id} followUp={followUp} name={name} />
      ))}
    </>
  )
}
