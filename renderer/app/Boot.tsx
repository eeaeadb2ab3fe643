import { useMantineColorScheme } from '@mantine/core'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Boundary } from '../components/Boundary.tsx'
import { Patience } from '../components/Patience.tsx'
import { Problem } from '../components/Problem.tsx'
import { queries } from '../transport/console.ts'
import { ConnectionNote } from './ConnectionNote.tsx'
import { Shell } from './Shell.tsx'

const FirstRun = lazy(() => import('../features/vault/FirstRun.tsx').then((module) => ({ default: module.FirstRun })))
const UnlockScreen = lazy(() =>
  import('../features/vault/UnlockScreen.tsx').then((module) => ({ default: module.UnlockScreen })),
)
const BrokenScreen = lazy(() =>
  import('../features/vault/BrokenScreen.tsx').then((module) => ({ default: module.BrokenScreen })),
)

const Opening = ({ query }: { readonly query: UseQueryResult }) =>
  query.isError ? <Problem error={query.error} onRetry={() => void query.refetch()} /> : <Patience>Opening…</Patience>

const Stage = () => {
  const status = useQuery(queries.vault.status.queryOptions())
  const state = status.data?.state
  const settings = useQuery({ ...queries.settings.get.queryOptions(), enabled: state === 'open' })
  const [isGuided, setGuided] = useState(false)
  const { setColorScheme } = useMantineColorScheme()
  const wanted = settings.data?.colorScheme
  useEffect(() => {
    if (wanted) setColorScheme(wanted)
  }, [wanted, setColorScheme])
  const needsGuide = state === 'new' || (state === 'open' && settings.data?.firstRunDone === false)
  useEffect(() => {
    if (needsGuide) setGuided(true)
  }, [needsGuide])

  if (!status.data) return <Opening query={status} />
  if (state === 'broken') return <BrokenScreen status={status.data} />
  if (state === 'locked') return <UnlockScreen status={status.data} />
  if (needsGuide || isGuided) return <FirstRun status={status.data} onDone={() => setGuided(false)} />
  return settings.data ? <Shell /> : <Opening query={settings} />
}

/** Decides what the window shows: the guide, the lock, a problem, or the console. */
export const Boot = () => (
  <div className="window">
    <ConnectionNote />
    <div className="window-content">
      <Boundary>
        <Suspense fallback={<Patience>Opening…</Patience>}>
          <Stage />
        </Suspense>
      </Boundary>
    </div>
  </div>
)
