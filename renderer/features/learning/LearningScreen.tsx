import './learning.css'
import type { ComponentType } from 'react'
import { hrefTo, type Route } from '../../app/router.ts'
import { Learned } from './Learned.tsx'
import { Rules } from './Rules.tsx'

interface Place {
  /** As it stands in the address; null for what the screen opens with. */
  readonly id: string | null
  readonly name: string
  readonly Panel: ComponentType
}

const places = [
  { id: null, name: 'What was learned', Panel: Learned },
  { id: 'rules', name: 'Rules', Panel: Rules },
] as const satisfies readonly [Place, ...(readonly Place[])]

const placeOf = (id: string | null): Place => places.find((place) => place.id === id) ?? places[0]

/** What the clone learned from the coach, where it came from, and what became of it. */
export const LearningScreen = ({ route }: { readonly route: Route }) => {
  const { id: current, Panel } = placeOf(route.id)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the page is scrolled by keyboard, also while it has nothing to press
    <main className="screen" tabIndex={0}>
      <div className="screen-inner learning">
        <h1 className="screen-title">Learning</h1>
        <nav className="learning-places" aria-label="Learning">
          {places.map(({ id, name }) => (
            <a key={name} href={hrefTo('learning', id)} aria-current={id === current ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <Panel />
      </div>
    </main>
  )
}
