import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TelegramStatus } from '../../../shared/contract/channels.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Outside } from '../../components/Outside.tsx'
import { host, queries } from '../../transport/console.ts'
import { ChannelState } from './ChannelState.tsx'

/** How the bot is doing, where clients find it, and the way to disconnect it. */
export const TelegramConnected = ({ status }: { readonly status: TelegramStatus }) => {
  const channel = useQuery(queries.channels.list.queryOptions()).data?.rows.find((row) => row.name === 'telegram')
  const [isAsking, setAsking] = useState(false)
  const disconnect = useAction(async () => {
    await host.channels.disconnectTelegram()
    setAsking(false)
  })
  return (
    <>
      {channel ? (
        <ul className="channels">
          <ChannelState channel={channel} />
        </ul>
      ) : null}
      {status.username ? (
        <p>
          Clients write to <Outside href={`https://t.me/${status.username}`}>@{status.username}</Outside>. Who is new
          becomes a request that you accept first.
        </p>
      ) : null}
      {status.isFixed ? (
        <p className="muted">The token is set outside the console, by whoever started it.</p>
      ) : (
        <div className="row-of-buttons">
          <Button onClick={() => setAsking(true)}>Disconnect…</Button>
        </div>
      )}
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title="Disconnect Telegram?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className="stack">
          <p>
            The console forgets the token and no longer hears what clients write there. All conversations stay. To come
            back you need the token again; @BotFather shows it.
          </p>
          <div className="row-of-buttons">
            <Button kind="danger" isBusy={disconnect.isRunning} onClick={() => void disconnect.run()}>
              Disconnect
            </Button>
            <Button data-autofocus onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
