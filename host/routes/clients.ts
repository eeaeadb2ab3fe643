import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import type { Backups } from '../backups/index.ts'
import { getClient, listClients, updateClient } from '../clients/index.ts'
import type { House } from '../house.ts'
import { wantVectors } from '../retrieval/index.ts'

type Clients = Pick<ReturnType<typeof implement<typeof contract>>['clients'], keyof typeof contract.clients>

/** Clients: listed, read, changed; and as a whole saved, merged, erased. */
export const clientRoutes = (os: Clients, house: () => House, { backups }: { readonly backups: Backups }) => ({
  list: os.list.handler(({ input }) => listClients(house().queries, input)),
  get: os.get.handler(({ input }) => getClient(house().queries, input.clientId)),
  update: os.update.handler(({ input: { clientId, ...changed } }) =>
    house().act((tx, now) => {
      updateClient(tx, clientId, changed, house().settings.values(), now)
      // What was kept on this machine may be searched by meaning now.
      if (changed.isSensitive === false) wantVectors(tx, now)
      return {}
    }),
  ),
  holdings: os.holdings.handler(({ input: { clientId } }) => ({
    ...house().clientData.holdings(clientId),
    backups: backups.holding(getClient(house().queries, clientId).createdAt),
  })),
  export: os.export.handler(({ input }) => house().clientData.export(input.clientId)),
  readExport: os.readExport.handler(({ input }) => house().clientData.readExport(input.exportId, input.from)),
  dropExport: os.dropExport.handler(({ input }) => {
    house().clientData.dropExport(input.exportId)
    return {}
  }),
  merge: os.merge.handler(async ({ input }) => {
    await house().clientData.merge(input)
    return {}
  }),
  erase: os.erase.handler(async ({ input }) => {
    const { createdAt } = getClient(house().queries, input.clientId)
    const erased = await house().clientData.erase(input)
    return { ...erased, backups: backups.holding(createdAt) }
  }),
})
