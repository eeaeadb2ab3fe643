import { create } from 'zustand'
import type { Client } from '../../../../shared/contract/clients.ts'
import { focusOn } from '../../../app/focusBack.ts'

interface Erasing {
  readonly client: Client | null
  readonly opener: () => HTMLElement | null
}

/** The client whom the coach is asked about, or who was just erased: what tells of it outlives their page. */
export const useErasing = create<Erasing>(() => ({ client: null, opener: () => null }))

/** Asks about erasing a client; the focus goes back to the opener, as long as that is there. */
export const askToErase = (client: Client, opener: Erasing['opener']) => useErasing.setState({ client, opener })
export const closeErasing = () => {
  focusOn(useErasing.getState().opener)
  useErasing.setState({ client: null, opener: () => null })
}
