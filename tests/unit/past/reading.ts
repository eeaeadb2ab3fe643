import { previewPast } from '../../../host/learning/past/preview.ts'
import { type PastChoice, selectPast } from '../../../host/learning/past/select.ts'
import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'

/** Long after everything that is written in the samples. */
export const now = new Date(2026, 5, 1).getTime()

/** A text as it comes from the disk, in parts of a few characters: nothing may depend on where a part ends. */
export const inParts = (text: string, length = 7) =>
  function* () {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
  }

/** What the coach is shown of a file. */
export const lookAt = (
  text: string,
  fileName = 'chat.txt',
  choice: { format?: ImportFormat; dateOrder?: 'day' | 'month'; coachName?: string } = {},
) => previewPast(inParts(text), fileName, { now, dateOrder: null, coachName: '', ...choice })

/** What is kept of it: "coach: …", "client: …", with the time in the time zone of this machine where there is one. */
export const keptOf = (text: string, choice: Pick<PastChoice, 'format' | 'coach'> & Partial<PastChoice>) => {
  const selecting = selectPast(inParts(text), {
    now,
    dateOrder: null,
    threads: [{ thread: 0, keepsClient: true }],
    ...choice,
  })
  const turns: string[] = []
  for (;;) {
    const next = selecting.next()
    if (next.done) return { turns, ...next.value }
    const { author, content, sentAt } = next.value
    turns.push(
      `${sentAt === null ? '' : `${localTime(sentAt)} `}${author === 'client' ? 'client' : 'coach'}: ${content}`,
    )
  }
}

const two = (figure: number): string => `${figure}`.padStart(2, '0')

export const localTime = (time: number): string => {
  const at = new Date(time)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
