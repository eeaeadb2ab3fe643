import { z } from 'zod'
import { PastProblem } from '../problem.ts'
import type { PastEvent, Texts } from './event.ts'
import { type JsonParts, jsonParts } from './jsonParts.ts'
import { cleanName, cleanTurn } from './text.ts'

const words = z.string().nullish().catch(null)
const pieces = z.union([z.string(), z.array(z.union([z.string(), z.object({ text: z.string() })]))]).catch('')

/** A message of Telegram Desktop's "Machine-readable JSON"; other fields are left alone. */
const message = z.looseObject({
  type: words,
  date: words,
  date_unixtime: z.union([z.string(), z.number()]).nullish().catch(null),
  from: words,
  from_id: z.union([z.string(), z.number()]).nullish().catch(null),
  text: pieces,
})
type Message = z.infer<typeof message>

const personal = z.object({ first_name: words, last_name: words })

const textOf = (text: Message['text']): string =>
  typeof text === 'string' ? text : text.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')

const isForwarded = (one: Message): boolean =>
  'forwarded_from' in one || 'forwarded_from_id' in one || 'saved_from' in one

const mediaFields = [
  'media_type',
  'photo',
  'file',
  'location_information',
  'contact_information',
  'poll',
  'sticker_emoji',
]
const hasMedia = (one: Message): boolean => mediaFields.some((field) => field in one)

const latest = Date.UTC(2100, 0)
const timeOf = ({ date, date_unixtime }: Message): number | null => {
  const at = date_unixtime == null ? Date.parse(date ?? '') : Number(date_unixtime) * 1_000
  return Number.isFinite(at) && at >= 0 && at < latest ? at : null
}

/** Names of people, told apart by their number where two are called the same. */
const createNames = () => {
  const known = new Map<string, string>()
  const taken = new Set<string>()
  return (from: string, fromId: string): string => {
    const key = fromId || from
    const before = known.get(key)
    if (before !== undefined) return before
    const name = cleanName(from) || 'Deleted account'
    let label = name
    for (let count = 2; taken.has(label); count += 1) label = `${name} (${count})`
    taken.add(label)
    if (known.size < 100_000) known.set(key, label)
    return label
  }
}

interface Chat {
  name: string
  type: string
}

/** The export of Telegram Desktop as JSON: one chat, or all of them. Only private chats hold turns. */
export function* readTelegram(texts: Texts): Generator<PastEvent, void, undefined> {
  const json = jsonParts(texts())
  const nameOf = createNames()
  let threads = 0

  function* readMessages({ name, type }: Chat): Generator<PastEvent, void, undefined> {
    const thread = threads
    threads += 1
    const isGroup = type !== 'personal_chat'
    yield { kind: 'thread', thread, name: cleanName(name), isGroup }
    json.expect('[')
    for (let isFirst = true; json.hasNext(']', isFirst); isFirst = false) {
      if (isGroup) {
        json.skip()
        yield { kind: 'remark', remark: 'group' }
      } else yield* turnOf(thread, json.value())
    }
  }

  const turnOf = function* (thread: number, value: unknown): Generator<PastEvent, void, undefined> {
    const parsed = message.safeParse(value)
    if (!parsed.success) return yield { kind: 'remark', remark: 'broken' }
    const one = parsed.data
    if (one.type !== 'message') return yield { kind: 'remark', remark: 'system' }
    if (isForwarded(one)) return yield { kind: 'remark', remark: 'forwarded' }
    const { text, isShortened } = cleanTurn(textOf(one.text))
    if (text === '') return yield { kind: 'remark', remark: hasMedia(one) ? 'media' : 'deleted' }
    if (isShortened) yield { kind: 'remark', remark: 'shortened' }
    yield { kind: 'turn', thread, from: nameOf(one.from ?? '', `${one.from_id ?? ''}`), text, at: timeOf(one) }
  }

  yield* eachField(json, function* (key, first, chat) {
    if (key === 'messages' && first === '[') yield* readMessages(chat)
    else if (key === 'personal_information') {
      const { data } = personal.safeParse(json.value())
      const name = cleanName([data?.first_name, data?.last_name].filter(Boolean).join(' '))
      if (name !== '') yield { kind: 'owner', name }
    } else if ((key === 'chats' || key === 'left_chats') && first === '{')
      yield* eachField(json, function* (inner, firstOfInner) {
        if (inner !== 'list' || firstOfInner !== '[') return json.skip()
        json.expect('[')
        for (let isFirst = true; json.hasNext(']', isFirst); isFirst = false)
          if (json.peek() !== '{') json.skip()
          else
            yield* eachField(json, function* (field, firstOfField, one) {
              if (field === 'messages' && firstOfField === '[') yield* readMessages(one)
              else json.skip()
            })
      })
    else json.skip()
  })
  if (json.peek() !== '') throw new PastProblem('broken')
  if (threads === 0) throw new PastProblem('json')
}

/** Goes through the fields of an object; its name and type are taken on the way, the rest is left to `read`. */
function* eachField(
  json: JsonParts,
  read: (key: string, first: string, chat: Chat) => Generator<PastEvent, void, undefined>,
): Generator<PastEvent, void, undefined> {
  const chat: Chat = { name: '', type: '' }
  json.expect('{')
  for (let isFirst = true; json.hasNext('}', isFirst); isFirst = false) {
    if (json.peek() !== '"') throw new PastProblem('broken')
    const key = json.value()
    json.expect(':')
    const first = json.peek()
    if ((key === 'name' || key === 'type') && first === '"') chat[key] = `${json.value() ?? ''}`
    else yield* read(typeof key === 'string' ? key : '', first, chat)
  }
}
