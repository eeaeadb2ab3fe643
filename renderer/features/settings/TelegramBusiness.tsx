import type { TelegramStatus } from '../../../shared/contract/channels.ts'

const HowTo = ({ username }: { readonly username: string | null }) => (
  <ol className="steps">
    <li>
      <p>
        In the chat with @BotFather send <code>/mybots</code>, choose your bot, then <i>Bot Settings</i> and{' '}
        <i>Business Mode</i>, and turn it on.
      </p>
    </li>
    <li>
      <p>
        In your own Telegram open <i>Settings</i>, <i>Telegram Business</i>, <i>Chatbots</i>, and enter{' '}
        <b>{username ? `@${username}` : 'the user name of your bot'}</b>.
      </p>
    </li>
    <li>
      <p>Choose the chats of your clients only, and allow the bot to reply to messages.</p>
    </li>
  </ol>
)

const stateSentence = ({ business }: TelegramStatus): string => {
  if (business === null) return 'Not connected. It needs Telegram Premium, and your phone linked above.'
  if (!business.isEnabled) return 'Switched off in Telegram: the clone does not see your own chats.'
  return business.canReply
    ? 'Connected: the clone answers in your own chats, and what you write there yourself takes them over.'
    : 'Connected, but the bot may not answer. Allow it in Telegram, under Settings, Telegram Business, Chatbots.'
}

/** The clone in the coach's own chats, instead of a bot that clients write to. */
export const TelegramBusiness = ({ status }: { readonly status: TelegramStatus }) => {
  const isWorking = status.business?.isEnabled === true && status.business.canReply
  return (
    <section className="settings-part" aria-labelledby="business-title">
      <h3 id="business-title">In my own chats</h3>
      <p className={isWorking ? 'good' : ''}>{stateSentence(status)}</p>
      {isWorking ? null : (
        <details className="more">
          <summary>How to connect Telegram Business</summary>
          <HowTo username={status.username} />
        </details>
      )}
    </section>
  )
}
