import type { ComponentType } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { hrefTo } from '../../app/router.ts'
import { Timeline } from '../timeline/Timeline.tsx'
import { ClientFields } from './ClientFields.tsx'

interface Tab {
  /** As it stands in the address; the first is the one a client opens with. */
  readonly name: string
  readonly title: string
  readonly Panel: ComponentType<{ readonly client: Client }>
}

const tabs = [
  { name: 'details', title: 'Details', Panel: ClientFields },
  { name: 'timeline', title: 'Timeline', Panel: Timeline },
] as const satisfies readonly [Tab, ...(readonly Tab[])]

/** The tab an address names; the first for any other name. */
export const tabNamed = (name: string | undefined): Tab => tabs.find((tab) => tab.name === name) ?? tabs[0]

export const ClientTabs = ({ clientId, open }: { readonly clientId: string; readonly open: string | undefined }) => (
  <nav className="client-tabs" aria-label="About this client">
    {tabs.map(({ name, title }) => (
      <a
        key={name}
        href={hrefTo('clients', clientId, { params: { tab: name } })}
        aria-current={tabNamed(open).name === name ? 'page' : undefined}
      >
        {title}
      </a>
    ))}
  </nav>
)
