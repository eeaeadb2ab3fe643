import type { SpaceStatus } from '../../../../shared/contract/spaces.ts'

/** Where a server is, for a coach. */
export const placeWords = ({ host, isLocal }: Pick<SpaceStatus, 'host' | 'isLocal'>): string =>
  isLocal ? `On this computer (${host})` : host
