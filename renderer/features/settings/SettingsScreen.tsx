import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { AboutSection } from './AboutSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BackupsSection } from './BackupsSection.tsx'
import { ModelSection } from './ModelSection.tsx'
import { PracticeSection } from './PracticeSection.tsx'
import { RepliesSection } from './RepliesSection.tsx'
import { SecuritySection } from './SecuritySection.tsx'
import { YouSection } from './YouSection.tsx'
import './settings.css'

export const SettingsScreen = ({ section }: { readonly section: string | null }) => {
  const settings = useQuery(queries.settings.get.queryOptions())
  const isReady = settings.isSuccess
  useEffect(() => {
    if (isReady && section) document.getElementById(`settings-${section}`)?.scrollIntoView({ block: 'start' })
  }, [isReady, section])
  return (
    <main className="screen">
      <div className="screen-inner">
        <h1 className="screen-title">Settings</h1>
        {settings.isPending ? <Patience /> : null}
        {settings.isError ? <Problem error={settings.error} onRetry={() => void settings.refetch()} /> : null}
        {settings.data ? (
          <>
            <YouSection settings={settings.data} />
            <RepliesSection settings={settings.data} />
            <ModelSection settings={settings.data} />
            <PracticeSection />
            <BackupsSection settings={settings.data} />
            <SecuritySection />
            <AppearanceSection settings={settings.data} />
            <AboutSection />
          </>
        ) : null}
      </div>
    </main>
  )
}
