import type { TelegramStatus } from '../../../shared/contract/channels.ts'
import { notify, useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Outside } from '../../components/Outside.tsx'
import { host } from '../../transport/console.ts'

const Linked = () => {
  const test = useAction(async () => {
    await host.channels.testOwnDevice()
    notify('The test alert is on its way. Look at your phone.')
  })
  const unlink = useAction(() => host.channels.unlinkCoach())
  return (
    <>
      <p className="good">Linked: a call that you do not acknowledge here goes to your own Telegram.</p>
      <div className="row-of-buttons">
        <Button kind="primary" isBusy={test.isRunning} onClick={() => void test.run()}>
          Send a test alert
        </Button>
        <Button isBusy={unlink.isRunning} onClick={() => void unlink.run()}>
          Unlink
        </Button>
      </div>
    </>
  )
}

const wrongCodeWords = {
  some: 'A code that does not fit was sent to the bot. If it was you, compare it with the one above and send it again.',
  used_up:
    'Too many codes that do not fit were sent to the bot, so for up to an hour it looks at none from there. A new code starts afresh.',
} as const

const WrongCodes = ({ kind }: { readonly kind: keyof typeof wrongCodeWords }) => {
  const renew = useAction(() => host.channels.newLinkCode())
  return (
    <div className="stack">
      <p role="status">{wrongCodeWords[kind]}</p>
      <div className="row-of-buttons">
        <Button isBusy={renew.isRunning} onClick={() => void renew.run()}>
          Make a new code
        </Button>
      </div>
    </div>
  )
}

interface NotLinkedProps {
  readonly username: string | null
  readonly code: string
  readonly wrongCodes: TelegramStatus['wrongLinkCodes']
}

const NotLinked = ({ username, code, wrongCodes }: NotLinkedProps) => {
  const command = `/link ${code}`
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(command)
    notify('Copied.')
  })
  return (
    <>
      <p>
        So that a crisis reaches you when you are not at this machine, send this from your own Telegram to{' '}
        {username ? <Outside href={`https://t.me/${username}`}>@{username}</Outside> : 'your bot'}:
      </p>
      <p className="link-code">
        <code>{command}</code>
        <Button isBusy={copy.isRunning} onClick={() => void copy.run()}>
          Copy
        </Button>
      </p>
      <p className="muted" role="status">
        Waiting for your message. The code works once, and only from one person.
      </p>
      {wrongCodes === 'none' ? null : <WrongCodes kind={wrongCodes} />}
    </>
  )
}

/** The second way to the coach, for when nobody sits at the console. */
export const TelegramOwnPhone = ({ status }: { readonly status: TelegramStatus }) => (
  <section className="settings-part" aria-labelledby="own-phone-title">
    <h3 id="own-phone-title">Call me on my own phone</h3>
    {status.isCoachLinked ? <Linked /> : null}
    {!status.isCoachLinked && status.linkCode ? (
      <NotLinked username={status.username} code={status.linkCode} wrongCodes={status.wrongLinkCodes} />
    ) : null}
    {!status.isCoachLinked && !status.linkCode ? (
      <p className="muted">The code for linking your phone appears as soon as the bot listens.</p>
    ) : null}
  </section>
)
