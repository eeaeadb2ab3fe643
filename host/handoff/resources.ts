import { crisisResources, type RegionResources } from './resources.data.ts'
import { timeZonesOf } from './timeZones.data.ts'

/** Where the region is unknown or has no service of its own: it lists free helplines by country. */
export const directoryOfHelplines = 'findahelpline.com'

const byRegion = new Map<string, RegionResources>(crisisResources.map((one) => [one.region, one]))

/** The resources of a region (two letters, any case); null where we have none of our own. */
export const resourcesOf = (region: string | null): RegionResources | null =>
  byRegion.get(region?.trim().toUpperCase() ?? '') ?? null

const regionOfZone = new Map(
  Object.entries(timeZonesOf).flatMap(([region, zones]) => zones.map((zone) => [zone, region])),
)

/** The country a time zone lies in, as two letters, among those we have resources of; null for every other zone. */
export const regionOfTimeZone = (timeZone: string | null): string | null => regionOfZone.get(timeZone ?? '') ?? null
