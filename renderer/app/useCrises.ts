import { useQuery } from '@tanstack/react-query'
import type { OpenAlert, UnansweredCrisis } from '../../shared/contract/handoffs.ts'
import { queries } from '../transport/console.ts'

const none: readonly OpenAlert[] = []
const noneUnanswered: readonly UnansweredCrisis[] = []

/** Calls for the coach that nobody has acknowledged, as the host has them. */
export const useOpenAlerts = () => useQuery(queries.handoffs.openAlerts.queryOptions())

/** Safety crises nobody has acknowledged, the longest waiting first. */
export const useCrises = (): readonly OpenAlert[] =>
  (useOpenAlerts().data?.rows ?? none).filter((alert) => alert.isCrisis).sort((a, b) => a.createdAt - b.createdAt)

/** Safety crises the coach knows of, whose client no person has answered yet; the longest known first. */
export const useUnansweredCrises = (): readonly UnansweredCrisis[] =>
  useQuery(queries.handoffs.unansweredCrises.queryOptions()).data?.rows ?? noneUnanswered
