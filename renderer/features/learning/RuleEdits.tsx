import { useInfiniteQuery } from '@tanstack/react-query'
import type { BehindRule, LearnedRule } from '../../../shared/contract/rules.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { mediumTime } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'

const pageSize = 5

const tags = { kept: 'span', removed: 'del', added: 'ins' } as const

/** A draft and what was sent in its place, in one text. */
const Diff = ({ parts }: { readonly parts: BehindRule['diff'] }) => {
  let at = 0
  const placed = parts.map((part) => {
    const key = `${part.change} ${at}`
    at += part.text.length
    return { ...part, key }
  })
  return (
    <p className="message-text rule-diff" dir="auto">
      {placed.map(({ key, change, text }) => {
        const Tag = tags[change]
        return <Tag key={key}>{text}</Tag>
      })}
    </p>
  )
}

/** The edits that a rule was concluded from, each with the way to its message. */
export const RuleEdits = ({ rule }: { readonly rule: LearnedRule }) => {
  const behind = useInfiniteQuery(
    queries.rules.behind.infiniteOptions({
      input: (offset: number) => ({ ruleId: rule.id, offset, limit: pageSize }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  if (behind.isPending) return <Patience />
  if (behind.isError) return <Problem error={behind.error} onRetry={() => void behind.refetch()} />
  return (
    <>
      <ul className="rule-edits" aria-label="Edits it comes from">
        {behind.data.pages
          .flatMap((page) => page.rows)
          .map(({ id, client, at, summary, diff, place }) => (
            <li key={id}>
              <Diff parts={diff} />
              <p className="small muted">
                {place ? (
                  <a href={hrefTo('inbox', place.conversationId, { at: place.seq })}>
                    {client.name}, {mediumTime(at)}
                  </a>
                ) : (
                  `${client.name}, ${mediumTime(at)}`
                )}{' '}
                · {summary}
              </p>
            </li>
          ))}
      </ul>
      {behind.hasNextPage ? (
        <Button kind="quiet" isBusy={behind.isFetchingNextPage} onClick={() => void behind.fetchNextPage()}>
          Show earlier edits
        </Button>
      ) : null}
    </>
  )
}
