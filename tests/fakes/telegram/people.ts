import type { Person, World } from './world.ts'

interface Written {
  readonly text?: string
  readonly date?: number
  /** Everything else that a message may carry. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** What people do on their own phones. */
export const createPeople = (world: World) => {
  const meet = (person: Person): void => {
    world.people.set(person.id, person)
  }

  const messageFrom = (person: Person, { text, date, more }: Written) => ({
    message_id: world.takeMessageId(),
    from: { ...person, is_bot: false },
    chat: { ...person, type: 'private' },
    date: date ?? world.nowSeconds(),
    ...(text === undefined ? {} : { text }),
    ...more,
  })

  const clientSends = (person: Person, written: Written): number => {
    meet(person)
    const message = messageFrom(person, written)
    world.push({ message })
    return message.message_id
  }

  const inBusiness = (connectionId: string, client: Person, author: Person, written: Written) => ({
    ...messageFrom(author, written),
    chat: { ...client, type: 'private' },
    business_connection_id: connectionId,
  })

  const member = (chat: Record<string, unknown>, status: string): number =>
    world.push({
      my_chat_member: {
        chat,
        date: world.nowSeconds(),
        old_chat_member: { status: status === 'kicked' ? 'member' : 'left' },
        new_chat_member: { status },
      },
    })

  return {
    clientSends,
    clientWrites: (person: Person, text: string): number => clientSends(person, { text }),
    clientEdits: (person: Person, messageId: number, text: string): void => {
      const edited = { ...messageFrom(person, { text }), message_id: messageId, edit_date: world.nowSeconds() }
      world.push({ edited_message: edited })
    },
    clientReacts: (person: Person, messageId: number, before: readonly string[], after: readonly string[]): void => {
      const emoji = (one: string) => ({ type: 'emoji', emoji: one })
      world.push({
        message_reaction: {
          chat: { ...person, type: 'private' },
          message_id: messageId,
          user: { ...person, is_bot: false },
          date: world.nowSeconds(),
          old_reaction: before.map(emoji),
          new_reaction: after.map(emoji),
        },
      })
    },
    clientBlocks: (person: Person): void => {
      world.blockedBy.add(person.id)
      member({ ...person, type: 'private' }, 'kicked')
    },
    clientUnblocks: (person: Person): void => {
      world.blockedBy.delete(person.id)
      member({ ...person, type: 'private' }, 'member')
    },
    clientLeavesTelegram: (person: Person): void => {
      world.gone.add(person.id)
    },
    presses: (person: Person, messageId: number, data: string): string => {
      const id = `query-${world.takeMessageId()}`
      const message = { message_id: messageId, chat: { ...person, type: 'private' }, date: world.nowSeconds() }
      world.push({ callback_query: { id, from: { ...person, is_bot: false }, chat_instance: '1', data, message } })
      return id
    },
    /** A file that a message can refer to; `claimed` is the size Telegram tells, where it is another. */
    addFile: (bytes: Uint8Array, claimed?: number): string => {
      const id = `file-${world.files.size + 1}`
      world.files.set(id, { path: `documents/${id}.bin`, bytes, size: claimed ?? bytes.byteLength })
      return id
    },
    addedToGroup: (groupId: number): void => {
      world.groups.add(groupId)
      member({ id: groupId, type: 'group', title: 'A group' }, 'member')
    },
    writesInGroup: (person: Person, groupId: number, text: string): void => {
      world.groups.add(groupId)
      world.push({
        message: { ...messageFrom(person, { text }), chat: { id: groupId, type: 'group', title: 'A group' } },
      })
    },
    /** Lends the bot an account; told to the bot unless `silently`. */
    connects: (owner: Person, id: string, { canReply = true, isEnabled = true, silently = false } = {}): void => {
      meet(owner)
      const connection = { owner, canReply, isEnabled }
      world.connections.set(id, connection)
      if (!silently) world.push({ business_connection: world.connectionObject(id, connection) })
    },
    clientWritesToCoach: (connectionId: string, client: Person, text: string): number => {
      const message = inBusiness(connectionId, client, client, { text })
      world.push({ business_message: message })
      return message.message_id
    },
    coachWritesOnPhone: (connectionId: string, client: Person, coach: Person, text: string): number => {
      const message = inBusiness(connectionId, client, coach, { text })
      world.push({ business_message: message })
      return message.message_id
    },
    deletedInBusiness: (connectionId: string, client: Person, messageIds: readonly number[]): void => {
      world.push({
        deleted_business_messages: {
          business_connection_id: connectionId,
          chat: { ...client, type: 'private' },
          message_ids: messageIds,
        },
      })
    },
  }
}
