import type { ChannelStatus } from '../../../shared/contract/channels.ts'

const stateWords = { off: 'Off', running: 'Running', trouble: 'Trouble', finished: 'Finished' } as const

/** One channel: its name, how it is doing, and a sentence about it. */
export const ChannelState = ({ channel }: { readonly channel: ChannelStatus }) => (
  <li>
    <b>{channel.title}</b>
    <span className={`channel-state channel-${channel.state}`}>{stateWords[channel.state]}</span>
    <p className="muted" role={channel.state === 'trouble' ? 'alert' : undefined}>
      {channel.detail}
    </p>
  </li>
)
