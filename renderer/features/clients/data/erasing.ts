import { create } from 'zustand'
import type { Client } from '../../../../shared/contract/clients.ts'

/** The client whom the coach is asked about, or who was just erased: what tells of it outlives their page. */
export const useErasing = create<{ readonly client: Client | null }>(() => ({ client: null }))

export const askToErase = (client: Client) => useErasing.setState({ client })
export const closeErasing = () => useErasing.setState({ client: null })
