import type { DateOrder, PastRemark } from '../../../../shared/taxonomy/past.ts'

/** What a reader finds in a file, in the order of the file. */
export type PastEvent =
  /** A conversation begins; `isGroup` where the file itself says that it is not one between two people. */
  | { readonly kind: 'thread'; readonly thread: number; readonly name: string; readonly isGroup: boolean }
  | PastTurn
  | { readonly kind: 'remark'; readonly remark: PastRemark }
  /** One date that can be read in two ways, in milliseconds since 1970; nothing in the file tells which. */
  | { readonly kind: 'ambiguous'; readonly day: number; readonly month: number }
  /** Whose export it is, as the file itself tells. */
  | { readonly kind: 'owner'; readonly name: string }

export interface PastTurn {
  readonly kind: 'turn'
  readonly thread: number
  /** Empty in the coach's own writing. */
  readonly from: string
  readonly text: string
  /** Milliseconds since 1970, null where the file does not tell. Times without a zone are those of this machine. */
  readonly at: number | null
}

export interface ReadingChoice {
  /** The coach's word on dates that can be read in two ways. */
  readonly dateOrder: DateOrder | null
  /** Milliseconds since 1970: no message was written later. */
  readonly now: number
}

/** The text of a file in parts, from its beginning each time it is asked for. */
export type Texts = () => Iterable<string>

export type PastReader = (texts: Texts, choice: ReadingChoice) => Generator<PastEvent, void, undefined>
