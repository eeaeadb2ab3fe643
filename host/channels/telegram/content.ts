import type { UnreadableKind } from '../../../shared/taxonomy/conversation.ts'
import type { TelegramFile, TelegramMessage } from './shapes.ts'

/** A file that the message refers to and that has to be fetched. */
export interface FileWish {
  readonly fileId: string
  readonly size: number | undefined
  readonly name: string
  readonly mediaType: string
}

export interface Content {
  readonly text: string
  readonly unreadable?: UnreadableKind
  readonly file?: FileWish
}

/** What Telegram hands out to bots at most. Bytes. */
export const largestFile = 20 * 1024 * 1024

export const unknownWords = '(a message of a kind this console cannot show)'
/** Stands for what came in a form we do not know; a person has to look at it. */
const unknownContent: Content = { text: unknownWords, unreadable: 'file' }

// Notices of Telegram itself, which nobody wrote.
const notices: ReadonlySet<string> = new Set([
  'pinned_message',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'connected_website',
  'write_access_allowed',
  'users_shared',
  'chat_shared',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
])

/** What a message says, in its own words or ours; null where it is only a notice of Telegram. */
export const contentOf = (message: TelegramMessage): Content | null => {
  if (message.text !== undefined) return { text: message.text }
  const media = mediaOf(message)
  if (media) return withFile(media, message.caption)
  const words = message.caption ?? ownWords(message)
  if (words !== null) return { text: words }
  if (message.rich_message) return { text: richWords(message.rich_message) || unknownWords, unreadable: 'file' }
  return Object.keys(message).some((key) => notices.has(key)) ? null : unknownContent
}

/** True where an edit can have changed words: a place that moves is no edit to anybody. */
export const hasWords = (message: TelegramMessage): boolean =>
  message.text !== undefined || message.caption !== undefined || mediaOf(message) !== null

interface Media {
  readonly kind: UnreadableKind
  readonly words: string
  readonly file: TelegramFile
  readonly name: string
  readonly mediaType: string
}

const lasting = ({ duration }: TelegramFile): string => {
  if (duration === undefined) return ''
  const seconds = Math.round(duration)
  return `, ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const mediaOf = (message: TelegramMessage): Media | null => {
  const { voice, audio, video_note: round, animation, video, document } = message
  const photo = message.photo?.reduce((best, one) => (area(one) >= area(best) ? one : best))
  if (photo) return { kind: 'picture', words: 'a picture', file: photo, name: 'picture.jpg', mediaType: 'image/jpeg' }
  if (voice)
    return {
      kind: 'voice',
      words: `a voice message${lasting(voice)}`,
      file: voice,
      name: 'voice.ogg',
      mediaType: 'audio/ogg',
    }
  if (audio)
    return {
      kind: 'voice',
      words: `a sound recording${lasting(audio)}`,
      file: audio,
      name: 'sound.mp3',
      mediaType: 'audio/mpeg',
    }
  if (round)
    return {
      kind: 'video',
      words: `a video message${lasting(round)}`,
      file: round,
      name: 'video.mp4',
      mediaType: 'video/mp4',
    }
  if (animation)
    return { kind: 'video', words: 'a moving picture', file: animation, name: 'moving.mp4', mediaType: 'video/mp4' }
  if (video)
    return { kind: 'video', words: `a video${lasting(video)}`, file: video, name: 'video.mp4', mediaType: 'video/mp4' }
  if (!document) return null
  const kind = document.mime_type?.startsWith('image/') ? 'picture' : 'file'
  const named = document.file_name === undefined ? '' : `: ${safeName(document.file_name, 'file')}`
  return { kind, words: `a file${named}`, file: document, name: 'file', mediaType: 'application/octet-stream' }
}

const area = ({ width = 0, height = 0 }: TelegramFile): number => width * height

const withFile = ({ kind, words, file, name, mediaType }: Media, caption: string | undefined): Content => {
  const size = file.file_size
  if (size !== undefined && size > largestFile) {
    return { text: withNote(caption, `${words} of ${megabytes(size)} MB, too large to fetch here`), unreadable: kind }
  }
  const wish = {
    fileId: file.file_id,
    size,
    name: safeName(file.file_name ?? '', name),
    mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/u.test(file.mime_type ?? '') ? (file.mime_type ?? mediaType) : mediaType,
  }
  return { text: caption ?? `(${words})`, unreadable: kind, file: wish }
}

const megabytes = (bytes: number): number => Math.max(1, Math.round(bytes / 1_000_000))

/** The client's own words, where there are any, and ours in round brackets below. */
export const withNote = (text: string | undefined, note: string): string => (text ? `${text}\n(${note})` : `(${note})`)

/** A name without folders, control characters or marks that turn its order round. */
export const safeName = (given: string, otherwise: string): string => {
  const base = given.split(/[/\\]/u).at(-1) ?? ''
  const plain = base
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/u, '')
  const characters = [...plain]
  if (characters.length <= 100) return plain || otherwise
  const ending = /\.[\w-]{1,10}$/u.exec(plain)?.[0] ?? ''
  return characters.slice(0, 100 - ending.length).join('') + ending
}

const ownWords = (message: TelegramMessage): string | null => {
  const { sticker, venue, location, contact, poll, dice } = message
  if (sticker) return sticker.emoji ?? '(sticker)'
  if (venue) return `(shared a place: ${[venue.title, venue.address].filter(Boolean).join(', ')})`
  if (location) {
    const where = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`
    return location.live_period === undefined
      ? `(shared a location: ${where})`
      : `(shares their location for a while: ${where})`
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
    return `(shared a contact: ${[name, contact.phone_number].filter(Boolean).join(', ')})`
  }
  if (poll) return `(a poll: ${poll.question} ${poll.options.map((option) => `– ${option.text}`).join(' ')})`
  if (dice) return `(${dice.emoji ?? '🎲'} showed ${dice.value})`
  return 'story' in message ? '(shared a story)' : null
}

const wordFields: ReadonlySet<string> = new Set([
  'text',
  'title',
  'caption',
  'summary',
  'blocks',
  'items',
  'cells',
  'rows',
])
const deepest = 24

/** The words of a formatted message, so that what it says is at least read for signs of danger. */
const richWords = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return value
  if (depth > deepest || typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return joined(value, depth, value.some((part) => typeof part === 'string') ? '' : '\n')
  const inside = Object.entries(value).flatMap(([key, part]) => (wordFields.has(key) ? [part] : []))
  return joined(inside, depth, '\n')
}

const joined = (values: readonly unknown[], depth: number, separator: string): string =>
  values
    .map((value) => richWords(value, depth + 1))
    .filter((words) => words !== '')
    .join(separator)
