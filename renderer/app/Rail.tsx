import {
  IconBooks,
  IconChartBar,
  IconInbox,
  IconSchool,
  IconSettings,
  IconShieldHalf,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { plural } from '../components/words.ts'
import { queries } from '../transport/console.ts'
import { hrefTo, type Screen } from './router.ts'
import { useCrises, useUnansweredCrises } from './useCrises.ts'

const places = [
  { screen: 'inbox', name: 'Inbox', Icon: IconInbox },
  { screen: 'clients', name: 'Clients', Icon: IconUsers },
  { screen: 'library', name: 'Knowledge', Icon: IconBooks },
  { screen: 'learning', name: 'Learning', Icon: IconSchool },
  { screen: 'reports', name: 'Reports', Icon: IconChartBar },
  { screen: 'privacy', name: 'Privacy', Icon: IconShieldHalf },
  { screen: 'settings', name: 'Settings', Icon: IconSettings },
] as const satisfies readonly { screen: Screen; name: string; Icon: unknown }[]

const badgeWords = (needsMe: number, crises: number): string => {
  const calls = needsMe === 1 ? '1 conversation needs you' : `${needsMe} conversations need you`
  return crises > 0 ? `${calls}, ${plural(crises, 'safety crisis', 'safety crises')}` : calls
}

export const Rail = ({ current }: { readonly current: Screen }) => {
  const needsMe = useQuery(queries.inbox.counts.queryOptions()).data?.needsMe ?? 0
  const called = useCrises().length
  const crises = called + useUnansweredCrises().length
  return (
    <nav className="rail" aria-label="Main">
      <div className="logo" aria-hidden="true" />
      {places.map(({ screen, name, Icon }) => (
        <a
          key={screen}
          className={`rail-item rail-${screen}`}
          href={hrefTo(screen)}
          aria-label={name}
          aria-current={screen === current ? 'page' : undefined}
          aria-describedby={screen === 'inbox' && needsMe > 0 ? 'needs-me' : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <span aria-hidden="true">{name}</span>
          {screen === 'inbox' && needsMe > 0 ? (
            <span
              className={`rail-badge ${crises > 0 ? 'is-crisis' : ''}`}
              aria-hidden="true"
              title={badgeWords(needsMe, crises)}
            >
              {needsMe > 99 ? '99+' : needsMe}
            </span>
          ) : null}
        </a>
      ))}
      <span id="needs-me" className="visually-hidden">
        {needsMe > 0 ? badgeWords(needsMe, crises) : ''}
      </span>
    </nav>
  )
}
