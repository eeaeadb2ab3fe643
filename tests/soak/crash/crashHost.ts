import { randomUUID } from 'node:crypto'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Channel, ChannelSink, SendResult } from '../../../host/channels/index.ts'
import { createHost } from '../../../host/host.ts'
import { noKeychain } from '../../../host/vault/index.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { type ToHost, type ToSoak, toHost } from './wire.ts'

// The host that the crash soak kills: the production composition, with a channel whose far end is the soak.
const say = (message: ToSoak): void => void process.send?.(message)
const waiting = new Map<string, (result: SendResult) => void>()
let sink: ChannelSink | undefined

const wire: Channel = {
  name: 'wire',
  title: 'Wire',
  isPractice: false,
  start: (given) => {
    sink = given
  },
  stop: () => Promise.resolve(),
  send: ({ outboxId, chatId, text }) =>
    new Promise((resolve) => {
      waiting.set(outboxId, resolve)
      say({ kind: 'send', outboxId, chatId, text })
    }),
}

const host = await createHost({
  dataFolder: process.argv[2] ?? '',
  shell: 'browser',
  keychain: noKeychain,
  log: (level, event, fields) => {
    if (level === 'error') process.stderr.write(`${event} ${JSON.stringify(fields)}\n`)
  },
  environment: process.env,
  practiceChannel: () => wire,
})
await host.prepareDemo()
const { port1, port2 } = new MessageChannel()
host.attachPort(port1)
port1.start()
const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: port2 }))
port2.start()
await client.settings.update({ gatherMs: 20 })

const act = async (which: Extract<ToHost, { kind: 'act' }>): Promise<void> => {
  const { rows } = await client.inbox.list({ filter: 'all', limit: 20 })
  const row = rows[which.pick % Math.max(1, rows.length)]
  if (!row) return
  const conversationId = row.id
  if (which.act === 'send')
    await client.inbox.send({ conversationId, requestId: randomUUID(), text: `coach ${randomUUID()}` })
  else if (which.act !== 'sendDraft') await client.inbox[which.act]({ conversationId })
  else {
    const { draft } = await client.inbox.conversation({ conversationId })
    if (draft)
      await client.inbox.sendDraft({
        draftId: draft.id,
        requestId: randomUUID(),
        text: draft.text,
        evenIfClientWrote: true,
      })
  }
}

process.on('message', (raw) => {
  const message = toHost.parse(raw)
  if (message.kind === 'sent') {
    waiting.get(message.outboxId)?.({ outcome: 'sent', externalId: message.externalId })
    waiting.delete(message.outboxId)
  } else if (message.kind === 'act') {
    // A refused act (a locked conversation, a draft that is gone) is an answer too.
    act(message).catch(() => undefined)
  } else {
    const { updateId, chatId, text } = message
    const inbound = {
      updateId: String(updateId),
      chatId,
      externalId: String(updateId),
      senderName: chatId,
      text,
      sentAt: Date.now(),
    }
    sink?.receive({ messages: [inbound], cursor: String(updateId) }).then(() => say({ kind: 'stored', updateId }))
  }
})
say({ kind: 'ready' })
