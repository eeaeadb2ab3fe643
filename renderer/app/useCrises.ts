import { useQuery } from '@tanstack/react-query'
import type { OpenAlert } from '../../shared/contract/handoffs.ts'
import { queries } from '../transport/console.ts'

const none: readonly OpenAlert[] = []

/** Calls for the coach that nobody has acknowledged, as the host has them. */
export const useOpenAlerts = () => useQuery(queries.handoffs.openAlerts.queryOptions())

/** Safety crises nobody has acknowledged, the longest waiting first. */
export const useCrises = (): readonly OpenAlert[] =>
  (useOpenAlerts().data?.rows ?? none).filter((alert) => alert.isCrisis).sort((a, b) => a.createdAt - b.createdAt)
