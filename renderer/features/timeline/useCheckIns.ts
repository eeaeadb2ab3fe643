import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { CheckIn } from '../../../shared/contract/timeline.ts'
import { useAction } from '../../app/action.ts'
import { focusBack } from '../../app/focusBack.ts'
import { pushUndo, sayDone } from '../../app/undo.ts'
import { firstName } from '../../components/words.ts'
import { host, queries } from '../../transport/console.ts'

/** Commitments fall due without anything happening; how often that is looked at. Milliseconds. */
export const checkInsEveryMs = 5 * 60_000

/** Conversations in which something a client said they would do falls due. */
export const useConversationsToAsk = (): ReadonlySet<string> => {
  const waiting = useQuery({ ...queries.checkIns.waiting.queryOptions(), refetchInterval: checkInsEveryMs }).data
  return useMemo(() => new Set(waiting?.rows.map(({ conversationId }) => conversationId)), [waiting])
}

interface Place {
  readonly clientId: string
  readonly conversationId: string
}

/** What to ask after in one conversation, due first. */
export const useCheckIns = ({ clientId, conversationId }: Place): readonly CheckIn[] => {
  const found = useQuery({
    ...queries.checkIns.list.queryOptions({ input: { clientId } }),
    refetchInterval: checkInsEveryMs,
  }).data
  return found?.rows.filter((one) => one.conversationId === conversationId) ?? []
}

/** What the coach can say of a suggestion besides asking; once it goes, the focus does not go with it. */
export const useCheckInActions = ({ clientId, id, clientName }: CheckIn) => {
  const isSettled = useRef(false)
  useEffect(
    () => () => {
      if (isSettled.current) focusBack()
    },
    [],
  )
  const onSettled = () => {
    isSettled.current = true
  }
  const done = useAction(async () => {
    onSettled()
    await host.timeline.setState({ clientId, id, state: 'done' })
    const undo = () => host.timeline.setState({ clientId, id, state: 'open' })
    pushUndo({ label: `${firstName(clientName)} did it`, undo })
  })
  const dismiss = useAction(async () => {
    onSettled()
    await host.checkIns.dismiss({ clientId, id })
    sayDone('Not suggested again')
  })
  return { done, dismiss, onSettled }
}
