import type { Desk } from '../live/desk.ts'
import { request } from '../live/desk.ts'
import { lookInto } from './dataFolder.ts'

const places = [
  'name',
  'about',
  'message',
  'before',
  'after',
  'attachment',
  'note',
  'composer',
  'draft',
  'wish',
  'memory',
  'gap',
  'document',
  'passage',
  'followup',
  'chat',
  'handle',
] as const
type Place = (typeof places)[number]

export interface Planted {
  readonly clientId: string
  readonly conversationId: string
  /** A word that stands nowhere else, by the place in which it was planted. */
  readonly word: Readonly<Record<Place, string>>
  readonly words: readonly string[]
}

/** Plants a word of their own in every kind of row of one client, by the ways on which such words come. */
export const plant = async (desk: Desk, mark: string): Promise<Planted> => {
  const { house, model, until } = desk
  const { clients, inbox, notes, library, handoffs } = house.client
  // The mark comes last: of words with the same beginning a full-text index keeps the beginning once.
  const word = Object.fromEntries(
    places.map((place) => [place, `${place.slice(0, 2)}${place.length}${mark}`]),
  ) as Record<Place, string>
  const chatId = word.chat
  const name = `Pat ${word.name}`
  model.respond(() => ({ reply: `A thought: ${word.draft}.`, confidence: 0.8, baseIntent: 'QUESTION' }))
  const file = {
    name: `${word.attachment}.txt`,
    mediaType: 'text/plain',
    bytes: Buffer.from(word.attachment.repeat(99)),
  }
  const externalId = `first-${mark}`
  await house.far.write(chatId, `Hello ${word.message}, ${word.before}`, {
    externalId,
    clientName: name,
    handle: word.handle,
    files: [file],
  })
  const { rows } = await inbox.list({ filter: 'all', limit: 50 })
  const row = rows.find((one) => one.clientName === name)
  const conversationId = row?.id ?? ''
  const { clientId } = await inbox.conversation({ conversationId })
  const edit = { chatId, externalId, text: `Hello ${word.message}, ${word.after}`, editedAt: Date.now() }
  await house.far.change({ kind: 'edit', updateId: `edit-${mark}`, ...edit })
  await clients.update({ clientId, about: `About ${word.about}` })
  await notes.add({ clientId, text: `Note ${word.note}` })
  const bytes = Buffer.from(`# A plan\n\nThe plan says ${word.passage} every morning before anything else is begun.`)
  const upload = { fileName: `${word.document}.md`, folder: '', bytes: bytes.length, tags: [], clientId }
  const { uploadId } = await library.beginUpload(upload)
  await library.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') })
  const { documentId } = await library.finishUpload({ uploadId })
  await until('it is read', async () => (await library.document({ documentId })).document.state === 'ready')
  await house.far.write(chatId, `I want to learn ${word.memory}. Which ${word.gap} do penguins vote for in Norway?`)
  const draftOf = async () => (await inbox.conversation({ conversationId })).draft
  await until('there is a draft', draftOf)
  await inbox.regenerate({ conversationId, hint: word.wish })
  const wishes = () =>
    lookInto(house.folder, ({ sqlite }) =>
      sqlite
        .prepare("SELECT count(*) FROM agent_executions WHERE hint = ? AND status = 'draft'")
        .pluck()
        .get(word.wish),
    )
  await until('there is another draft', wishes)
  await inbox.saveComposer({ conversationId, text: `Composing ${word.composer}` })
  await handoffs.addFollowUp({ conversationId, dueAt: Date.now() + 9e8, reason: `Ask about ${word.followup}` })
  await inbox.send({ conversationId, text: 'Thank you.', ...request() })
  return { clientId, conversationId, word, words: Object.values(word) }
}
