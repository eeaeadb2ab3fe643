import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { decodeText } from './decodeText.ts'
import type { Block, BlockKind, Reader } from './document.ts'
import { blocksOfHtml } from './htmlBlocks.ts'
import { parseHtml, spellOutEntities } from './markup.ts'
import { blocksOfPlainText } from './plainText.ts'
import { tidy, tidyLines, worthyTitle } from './tidy.ts'

const block = (kind: BlockKind, text: string, level = 0): Block => ({ kind, level, text, page: null, seconds: null })

// The lexer runs without extensions, so no token is of a kind that it does not know itself.
const known = (token: Token): MarkedToken => token as MarkedToken

const inline = (tokens: readonly Token[]): string => tokens.map(known).map(inlineText).join('')

const inlineText = (token: MarkedToken): string => {
  switch (token.type) {
    case 'text':
      return token.tokens ? inline(token.tokens) : spellOutEntities(token.text)
    case 'escape':
    case 'codespan':
      return token.text
    case 'br':
      return ' '
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return inline(token.tokens)
    default:
      return ''
  }
}

/** Notes link each other as [[page]] or [[page|as it reads here]]. */
const withoutWikiLinks = (text: string): string =>
  text.replace(
    /!?\[\[([^[\]|]{1,200})(?:\|([^[\]|]{1,200}))?\]\]/gu,
    (_, page: string, reads?: string) => reads ?? page,
  )

const line = (tokens: readonly Token[]): string => tidy(withoutWikiLinks(inline(tokens)))

const row = (cells: readonly Tokens.TableCell[]): string =>
  cells
    .map(({ tokens }) => line(tokens))
    .join(' | ')
    .trim()

const listLines = (list: Tokens.List): string[] =>
  list.items.flatMap((item, index) => {
    const marker = list.ordered ? `${Number(list.start || 1) + index}. ` : '• '
    const nested = item.tokens.map(known).filter((token) => token.type === 'list')
    const own = item.tokens.filter(({ type }) => type !== 'list' && type !== 'space')
    const text = blocksOfTokens(own).map((part) => part.text)
    return [tidyLines([marker + text.join(' ')]), ...nested.flatMap(listLines)].filter(
      (found) => found !== marker.trim(),
    )
  })

const blocksOfToken = (token: MarkedToken): readonly Block[] => {
  switch (token.type) {
    case 'heading':
      return [block('heading', line(token.tokens), token.depth)]
    case 'paragraph':
      return [block('paragraph', line(token.tokens))]
    case 'text':
      return [block('paragraph', line([token]))]
    case 'code':
      return [block('paragraph', tidyLines(token.text.split('\n')))]
    case 'blockquote':
      return blocksOfTokens(token.tokens)
    case 'list':
      return [block('list', listLines(token).join('\n'))]
    case 'table':
      return [block('table', [token.header, ...token.rows].map(row).join('\n'))]
    case 'html':
      return blocksOfHtml(parseHtml(token.text), null)
    default:
      return []
  }
}

const blocksOfTokens = (tokens: readonly Token[]): Block[] =>
  tokens
    .map(known)
    .flatMap(blocksOfToken)
    .filter(({ text }) => text !== '')

const frontMatter = /^(---|\+\+\+)[ \t]*\n([\s\S]{0,20000}?)\n\1[ \t]*(?:\n|$)/u
const titleLine = /^title[ \t]*[:=][ \t]*(["']?)(.*?)\1[ \t]*$/imu

const blocksOf = (text: string): readonly Block[] => {
  try {
    return blocksOfTokens(new Lexer({ gfm: true }).lex(text))
  } catch {
    // Quotes nested thousands deep exhaust the lexer's stack; the words are still there to be read.
    return blocksOfPlainText(text)
  }
}

/** Reads Markdown as text: nothing of it is rendered, and HTML within it is read as a web page's would be. */
export const readMarkdown: Reader = async (bytes) => {
  const text = decodeText(bytes).replaceAll('\r\n', '\n')
  const matter = frontMatter.exec(text)
  const blocks = blocksOf(matter ? text.slice(matter[0].length) : text)
  const heading = blocks.find(({ kind, level }) => kind === 'heading' && level === 1)
  const title = worthyTitle(titleLine.exec(matter?.[2] ?? '')?.[2]) ?? worthyTitle(heading?.text)
  return { kind: 'markdown', title, pages: null, pageLabels: null, blocks, notes: [] }
}
