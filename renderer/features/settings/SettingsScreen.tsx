import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { AboutSection } from './AboutSection.tsx'
import { AlertsSection } from './AlertsSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BackupsSection } from './BackupsSection.tsx'
import { BudgetSection } from './BudgetSection.tsx'
import { CannedSection } from './CannedSection.tsx'
import { HandoverSection } from './HandoverSection.tsx'
import { MemorySection } from './MemorySection.tsx'
import { ModelSection } from './ModelSection.tsx'
import { OwnPhoneSection } from './OwnPhoneSection.tsx'
import { PastSection } from './PastSection.tsx'
import { PracticeSection } from './PracticeSection.tsx'
import { QuietSection } from './QuietSection.tsx'
import { RecordingsSection } from './RecordingsSection.tsx'
import { RepliesSection } from './RepliesSection.tsx'
import { SecuritySection } from './SecuritySection.tsx'
import { SendingSection } from './SendingSection.tsx'
import { SettingsNav, scrollToSection } from './SettingsNav.tsx'
import type { Settings } from './saveSettings.ts'
import { settingsGroups } from './settingsPlaces.ts'
import { TelegramSection } from './TelegramSection.tsx'
import { YouSection } from './YouSection.tsx'
import './settings.css'

const Sections = ({ settings, section }: { readonly settings: Settings; readonly section: string | null }) => {
  useEffect(() => {
    if (section) scrollToSection(section)
  }, [section])
  return (
    <div className="settings-page">
      <SettingsNav groups={settingsGroups} />
      <div className="settings-sections">
        <YouSection settings={settings} />
        <RepliesSection settings={settings} />
        <HandoverSection settings={settings} />
        <QuietSection settings={settings} />
        <ModelSection settings={settings} />
        <RecordingsSection settings={settings} />
        <MemorySection settings={settings} />
        <PastSection />
        <BudgetSection settings={settings} />
        <AlertsSection settings={settings} />
        <TelegramSection settings={settings} />
        <OwnPhoneSection settings={settings} />
        <SendingSection settings={settings} />
        <CannedSection />
        <PracticeSection />
        <BackupsSection settings={settings} />
        <SecuritySection />
        <AppearanceSection settings={settings} />
        <AboutSection />
      </div>
    </div>
  )
}

export const SettingsScreen = ({ section }: { readonly section: string | null }) => {
  const settings = useQuery(queries.settings.get.queryOptions())
  return (
    <main className="screen">
      <div className="screen-inner settings">
        <h1 className="screen-title">Settings</h1>
        {settings.isPending ? <Patience /> : null}
        {settings.isError ? <Problem error={settings.error} onRetry={() => void settings.refetch()} /> : null}
        {settings.data ? <Sections settings={settings.data} section={section} /> : null}
      </div>
    </main>
  )
}
