import './spaces.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hrefTo } from '../../../app/router.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { queries } from '../../../transport/console.ts'
import { SetUpSpace } from './SetUpSpace.tsx'
import { SpaceBeingBuilt } from './SpaceBeingBuilt.tsx'
import { SpaceInUse } from './SpaceInUse.tsx'

const ByWords = () => (
  <p>
    <b>By words:</b> finds passages that use your words, their forms and your{' '}
    <a href={hrefTo('library', 'links')}>linked words</a>. It cannot know that two different words mean the same, unless
    you link them.
  </p>
)

const ByMeaning = () => (
  <p>
    <b>By meaning and by words:</b> finds passages that say the same in other words, and those that use your words,
    their forms and your <a href={hrefTo('library', 'links')}>linked words</a>. It cannot know whether a passage is
    right for the person who asks.
  </p>
)

const SetUp = () => {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="space-card stack" aria-label="Search by meaning">
      <p>
        A model can also find what means the same in other words. It may run on this computer, or elsewhere with a key
        of your own. You see what it costs and what leaves before anything does.
      </p>
      <div className="row-of-buttons">
        <Button kind="primary" onClick={() => setOpen(true)}>
          Set up search by meaning…
        </Button>
      </div>
      {isOpen ? <SetUpSpace inUse={null} onClose={() => setOpen(false)} /> : null}
    </section>
  )
}

/** What answers a search of the library now, what it cannot do, and what could answer better. */
export const HowSearched = () => {
  // Whether its server answered the last search is no change of data that anybody tells.
  const status = useQuery({ ...queries.library.spaces.status.queryOptions(), staleTime: 0 })
  const { data } = status
  return (
    <div className="library-page stack">
      <header>
        <h2 className="section-title">How your library is searched</h2>
      </header>
      {status.isPending ? <Patience /> : null}
      {status.isError ? <Problem error={status.error} onRetry={() => void status.refetch()} /> : null}
      {data ? (
        <>
          {data.active ? <ByMeaning /> : <ByWords />}
          {data.active ? <SpaceInUse space={data.active} isSwitching={data.building !== null} /> : null}
          {data.building ? <SpaceBeingBuilt space={data.building} inUse={data.active?.model ?? null} /> : null}
          {data.active || data.building ? null : <SetUp />}
        </>
      ) : null}
    </div>
  )
}
