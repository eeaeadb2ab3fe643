import type { ImportFormat } from '../../../../shared/taxonomy/learning.ts'
import { PastProblem } from '../problem.ts'
import { separatorOf } from './csv.ts'
import type { Texts } from './event.ts'
import { linesOf } from './text.ts'
import { looksLikeTranscript } from './transcript.ts'
import { looksLikeWhatsapp } from './whatsapp.ts'

const sampleLength = 200_000
const otherEndings =
  /\.(?:pdf|docx?|odt|rtf|pages|xlsx?|pptx?|epub|jpe?g|png|gif|heic|webp|mp[34]|m4a|ogg|opus|wav|mov|exe|dmg|db|sqlite)$/iu

const startOf = (texts: Texts): string => {
  let start = ''
  for (const part of texts()) {
    start += part
    if (start.length >= sampleLength) break
  }
  return start
}

const isBinary = (start: string): boolean => {
  const odd = start.match(/(?![\t\n\r\f])[\p{Cc}\u{fffd}]/gu)?.length ?? 0
  return odd > start.length * 0.02
}

/**
 * Which formats a file may be read as, the likeliest first. Throws a PastProblem with what is wrong with any other file.
 */
export const formatsOf = (texts: Texts, fileName: string): readonly [ImportFormat, ...ImportFormat[]] => {
  const start = startOf(texts)
  if (start.trim() === '') throw new PastProblem('empty')
  if (start.startsWith('PK\u{3}\u{4}') && /\.zip$/iu.test(fileName)) throw new PastProblem('zip')
  if (otherEndings.test(fileName) || isBinary(start)) throw new PastProblem('unknown')
  const plain = start.replace(/^\u{feff}/u, '').trimStart()
  if (/^<(?:!doctype|html|\?xml)/iu.test(plain)) throw new PastProblem('web_page')
  if (/^\{/u.test(plain) && (/^\{\s*"/u.test(plain) || /\.json$/iu.test(fileName))) {
    if (/"(?:messages|chats|personal_information|left_chats)"\s*:/u.test(plain)) return ['telegram']
    throw new PastProblem('json')
  }
  if (/\.json$/iu.test(fileName)) throw new PastProblem('json')
  if (separatorOf(plain) !== null) return ['csv']
  const lines = [...linesOf([plain])].filter((line) => line.trim() !== '')
  if (looksLikeWhatsapp(lines)) return ['whatsapp']
  if (/\.(?:csv|tsv)$/iu.test(fileName)) throw new PastProblem('columns')
  return looksLikeTranscript(lines) ? ['transcript', 'writing'] : ['writing', 'transcript']
}
