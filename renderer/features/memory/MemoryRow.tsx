import { IconPinFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { MemoryItem, MemoryItemWithEarlier } from '../../../shared/contract/memory.ts'
import { useAction } from '../../app/action.ts'
import { focusOn } from '../../app/focusBack.ts'
import { hiddenWords } from '../../components/Reveal.tsx'
import { dayThere, sinceWords, useNow } from '../../components/time.ts'
import { plural } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { Marked } from '../search/Marked.tsx'
import { CorrectMemory } from './CorrectMemory.tsx'
import { ForgetMemory } from './ForgetMemory.tsx'
import { MemoryEvidence } from './MemoryEvidence.tsx'
import { MemoryMenu } from './MemoryMenu.tsx'
import { NeverMentionDialog } from './NeverMentionDialog.tsx'
import { fadingWords, kindWords, stateWords, sureness } from './words.ts'

interface FactsProps {
  readonly clientId: string
  /** Where the client lives; null where nobody said. */
  readonly timeZone: string | null
  readonly item: MemoryItem
}

/** What stands small under an item: kind and state, when it was said, how sure it is. */
const Facts = ({ clientId, timeZone, item }: FactsProps) => {
  const now = useNow()
  const bringBack = useAction(() => host.memory.bringBack({ clientId, itemId: item.id }))
  const said = [
    kindWords[item.kind],
    item.state === null ? null : stateWords[item.state],
    item.state === 'open' && item.dueAt !== null ? `due ${dayThere(item.dueAt, timeZone)}` : null,
    item.layer === 'preference' && item.confidence !== null ? sureness(item.confidence) : null,
    item.readText === null ? null : 'in your words',
    item.isSensitive ? 'sensitive' : null,
    item.isKeptQuiet ? 'never mentioned' : null,
    fadingWords(item),
  ].filter((word) => word !== null && word !== undefined)
  return (
    <>
      {said.length > 0 ? `${said.join(' · ')} · ` : ''}
      <span title={`First said ${dayThere(item.firstSaidAt, timeZone)}`}>
        {item.evidenceCount > 1 ? 'last said ' : 'said '}
        {sinceWords(item.lastSaidAt, now, timeZone)}
      </span>
      {item.isFaded ? (
        <>
          {item.expiresAt === null ? '' : ` · gone after ${dayThere(item.expiresAt, timeZone)} · `}
          <button type="button" className="link-button" onClick={() => void bringBack.run()}>
            Bring back
          </button>
        </>
      ) : null}
    </>
  )
}

interface MemoryRowProps {
  readonly clientId: string
  readonly timeZone: string | null
  readonly item: MemoryItemWithEarlier | MemoryItem
  /** Its text is not to be seen over the coach's shoulder. */
  readonly isHidden?: boolean
  readonly marks?: readonly { start: number; end: number }[]
}

type Open = 'nothing' | 'correct' | 'forget' | 'never mention'

/** One thing that is remembered: what, since when, where from, and what can be done with it. */
export const MemoryRow = ({ clientId, timeZone, item, isHidden = false, marks = [] }: MemoryRowProps) => {
  const [open, setOpen] = useState<Open>('nothing')
  const [showsEvidence, setShowsEvidence] = useState(false)
  const [showsEarlier, setShowsEarlier] = useState(false)
  const earlier = 'earlier' in item ? item.earlier : []
  const own = useRef<HTMLLIElement>(null)
  const wasMarked = useRef(false)
  useEffect(() => {
    if (isHidden && wasMarked.current) focusOn(() => own.current?.closest('section')?.querySelector('[aria-pressed]'))
  }, [isHidden])
  const backToRow = () => {
    setOpen('nothing')
    focusOn(() => own.current?.querySelector('.memory-menu'))
  }
  const onToNeighbour = () => {
    const menus = [...document.querySelectorAll<HTMLElement>('.memory-menu')]
    const at = menus.findIndex((menu) => own.current?.contains(menu))
    const others = (from: readonly HTMLElement[]) => from.find((menu) => !own.current?.contains(menu))
    const next = others(menus.slice(at)) ?? others(menus.slice(0, Math.max(0, at)).toReversed())
    setOpen('nothing')
    focusOn(() => next ?? document.querySelector('.memory .search-field'))
  }
  if (isHidden)
    return (
      <li ref={own} className="memory-row">
        <p className="muted">{hiddenWords}</p>
      </li>
    )
  return (
    <li ref={own} className={`memory-row ${item.isActive ? '' : 'is-over'}`}>
      {open === 'correct' ? (
        <CorrectMemory clientId={clientId} item={item} onDone={backToRow} />
      ) : (
        <div className="memory-line">
          <p className="memory-text" dir="auto">
            {item.isPinned ? <IconPinFilled className="memory-pin" size={13} role="img" aria-label="Pinned" /> : null}
            <Marked text={item.text} marks={[...marks]} />
          </p>
          <MemoryMenu
            clientId={clientId}
            item={item}
            label={item.text}
            onMarkSensitive={() => {
              wasMarked.current = true
            }}
            onCorrect={() => setOpen('correct')}
            onNeverMention={() => setOpen('never mention')}
            onForget={() => setOpen('forget')}
          />
        </div>
      )}
      <p className="memory-facts">
        <Facts clientId={clientId} timeZone={timeZone} item={item} />
        {' · '}
        <button
          type="button"
          className="link-button"
          aria-expanded={showsEvidence}
          onClick={() => setShowsEvidence(!showsEvidence)}
        >
          {item.evidenceCount === 0 ? 'no message any more' : plural(item.evidenceCount, 'message')}
        </button>
        {earlier.length > 0 ? (
          <>
            {' · '}
            <button
              type="button"
              className="link-button"
              aria-expanded={showsEarlier}
              onClick={() => setShowsEarlier(!showsEarlier)}
            >
              said otherwise before
            </button>
          </>
        ) : null}
      </p>
      {item.readText === null ? null : (
        <p className="memory-facts" dir="auto">
          Read as: {item.readText}
        </p>
      )}
      {showsEvidence ? <MemoryEvidence clientId={clientId} item={item} /> : null}
      {showsEarlier ? (
        <ul className="memory-earlier" aria-label="Said before">
          {earlier.map((each) => (
            <MemoryRow key={each.id} clientId={clientId} timeZone={timeZone} item={each} />
          ))}
        </ul>
      ) : null}
      {open === 'forget' ? (
        <ForgetMemory
          clientId={clientId}
          item={item}
          earlierCount={earlier.length}
          onClose={backToRow}
          onForgotten={onToNeighbour}
        />
      ) : null}
      {open === 'never mention' ? (
        <NeverMentionDialog clientId={clientId} words={item.text} onClose={backToRow} />
      ) : null}
    </li>
  )
}
