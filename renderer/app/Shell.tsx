import './shell.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Boundary } from '../components/Boundary.tsx'
import { Patience } from '../components/Patience.tsx'
import { InboxScreen } from '../features/inbox/InboxScreen.tsx'
import { queries } from '../transport/console.ts'
import { Alarm } from './Alarm.tsx'
import { AlarmCalls } from './AlarmCalls.tsx'
import { Announcer } from './Announcer.tsx'
import { CrisisBar } from './CrisisBar.tsx'
import { CrisisHandBack } from './CrisisHandBack.tsx'
import { useShortcuts } from './keyboard.ts'
import { Rail } from './Rail.tsx'
import { type Route, useRoute } from './router.ts'
import { UnansweredCrises } from './UnansweredCrises.tsx'
import { UndoNote } from './UndoNote.tsx'
import { setUi, useUi } from './ui.ts'

const ClientsScreen = lazy(() =>
  import('../features/clients/ClientsScreen.tsx').then((module) => ({ default: module.ClientsScreen })),
)
const LibraryScreen = lazy(() =>
  import('../features/library/LibraryScreen.tsx').then((module) => ({ default: module.LibraryScreen })),
)
const LearningScreen = lazy(() =>
  import('../features/learning/LearningScreen.tsx').then((module) => ({ default: module.LearningScreen })),
)
const ReportsScreen = lazy(() =>
  import('../features/reports/ReportsScreen.tsx').then((module) => ({ default: module.ReportsScreen })),
)
const CrisesScreen = lazy(() =>
  import('../features/crises/CrisesScreen.tsx').then((module) => ({ default: module.CrisesScreen })),
)
const PrivacyScreen = lazy(() =>
  import('../features/privacy/PrivacyScreen.tsx').then((module) => ({ default: module.PrivacyScreen })),
)
const SettingsScreen = lazy(() =>
  import('../features/settings/SettingsScreen.tsx').then((module) => ({ default: module.SettingsScreen })),
)
const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutSheet = lazy(() => import('./ShortcutSheet.tsx').then((module) => ({ default: module.ShortcutSheet })))

const Screen = ({ route }: { readonly route: Route }) => {
  switch (route.screen) {
    case 'inbox':
      return <InboxScreen openId={route.id} />
    case 'clients':
      return <ClientsScreen openId={route.id} tab={route.params.tab} />
    case 'library':
      return <LibraryScreen route={route} />
    case 'learning':
      return <LearningScreen route={route} />
    case 'reports':
      return <ReportsScreen />
    case 'crises':
      return <CrisesScreen openId={route.id} />
    case 'privacy':
      return <PrivacyScreen />
    case 'settings':
      return <SettingsScreen section={route.id} />
  }
}

const PhraseReminder = () => {
  const status = useQuery(queries.vault.status.queryOptions()).data
  // Data that a key file opens is for practice: nothing of it needs a recovery phrase.
  if (!status || status.phraseConfirmed || status.wraps.includes('key_file')) return null
  return (
    <p className="reminder">
      Your recovery phrase is not confirmed yet. <a href="#/settings/security">Write it down</a> so that nothing can be
      lost.
    </p>
  )
}

const usePaletteKey = () => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setUi({ overlay: useUi.getState().overlay === 'palette' ? 'none' : 'palette' })
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** The console: the rail, one screen, and what lies over it. */
export const Shell = () => {
  const route = useRoute()
  const overlay = useUi((ui) => ui.overlay)
  usePaletteKey()
  useShortcuts({ '?': () => setUi({ overlay: 'shortcuts' }) ?? undefined })
  const close = () => setUi({ overlay: 'none' })
  const isReading = (route.screen === 'inbox' || route.screen === 'clients') && route.id !== null
  return (
    <div className={`shell ${isReading ? 'is-reading' : ''}`}>
      <Rail current={route.screen} />
      <div className="stage">
        <Alarm />
        <CrisisBar route={route} />
        <UnansweredCrises route={route} />
        <AlarmCalls route={route} />
        <PhraseReminder />
        <div className="stage-screen">
          <Boundary key={route.screen}>
            <Suspense fallback={<Patience />}>
              <Screen route={route} />
            </Suspense>
          </Boundary>
        </div>
      </div>
      <UndoNote />
      <Announcer />
      <CrisisHandBack />
      <Suspense>
        {overlay === 'palette' ? <Palette route={route} onClose={close} /> : null}
        {overlay === 'shortcuts' ? <ShortcutSheet onClose={close} /> : null}
      </Suspense>
    </div>
  )
}
