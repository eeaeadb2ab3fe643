/** A service a person in danger can reach at any hour. */
export interface CrisisService {
  readonly name: string
  /** How it is reached, as it stands in a sentence after the name. */
  readonly contact: string
  /** The operator's own page, where the facts are to be compared. */
  readonly source: string
  /** ISO date of the last comparison with the source by a person; null while it is still due. */
  readonly checkedOn: string | null
}

export interface RegionResources {
  /** ISO 3166-1 alpha-2. */
  readonly region: string
  readonly emergencyNumber: string
  readonly service: CrisisService
}

const entry = (
  region: string,
  emergencyNumber: string,
  name: string,
  contact: string,
  source: string,
): RegionResources => ({
  region,
  emergencyNumber,
  service: { name, contact, source, checkedOn: null },
})

export const crisisResources: readonly RegionResources[] = [
  entry('US', '911', '988 Suicide & Crisis Lifeline', 'call or text 988', 'https://988lifeline.org'),
  entry('GB', '999', 'Samaritans', 'call 116 123', 'https://www.samaritans.org'),
  entry('IE', '112', 'Samaritans Ireland', 'call 116 123', 'https://www.samaritans.org/ireland'),
  entry('CA', '911', '9-8-8 Suicide Crisis Helpline', 'call or text 988', 'https://988.ca'),
  entry('AU', '000', 'Lifeline', 'call 13 11 14', 'https://www.lifeline.org.au'),
  entry('NZ', '111', 'the 1737 helpline', 'call or text 1737', 'https://1737.org.nz'),
  entry('DE', '112', 'TelefonSeelsorge', 'call 0800 111 0 111', 'https://www.telefonseelsorge.de'),
  entry('AT', '112', 'TelefonSeelsorge', 'call 142', 'https://www.telefonseelsorge.at'),
  entry('CH', '112', 'Die Dargebotene Hand', 'call 143', 'https://www.143.ch'),
  entry('FR', '112', '3114, national suicide prevention line', 'call 3114', 'https://3114.fr'),
  entry('ES', '112', 'Línea 024', 'call 024', 'https://www.sanidad.gob.es/linea024'),
  entry('PT', '112', 'SNS 24', 'call 808 24 24 24', 'https://www.sns24.gov.pt'),
  entry('NL', '112', '113 Zelfmoordpreventie', 'call 113 or 0800-0113', 'https://www.113.nl'),
]

/** Where the region is unknown or not in the list: nothing local is claimed. */
export const directoryOfHelplines: CrisisService = {
  name: 'findahelpline.com',
  contact: 'it lists free helplines by country',
  source: 'https://findahelpline.com',
  checkedOn: null,
}

/** The resources of a region (two letters, any case); null where we have none of our own. */
export const resourcesOf = (region: string | null): RegionResources | null =>
  crisisResources.find((one) => one.region === region?.toUpperCase()) ?? null
