import { TextInput } from '@mantine/core'
import { IconArrowsLeftRight, IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { host, queries } from '../../../transport/console.ts'

type ConceptLink = Awaited<ReturnType<typeof host.library.links>>['rows'][number]

/** As in the contract. */
const shortest = 1
const longest = 80

const isTerm = (text: string): boolean => text.trim().length >= shortest

const LinkForm = () => {
  const [term, setTerm] = useState('')
  const [other, setOther] = useState('')
  const [error, setError] = useState<unknown>(null)
  const first = useRef<HTMLInputElement>(null)
  const link = useAction(async () => {
    setError(null)
    try {
      await host.library.link({ term: term.trim(), other: other.trim() })
      setTerm('')
      setOther('')
      first.current?.focus()
    } catch (thrown) {
      setError(thrown)
    }
  })
  const isComplete = isTerm(term) && isTerm(other)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void link.run()
      }}
    >
      <div className="link-fields">
        <TextInput
          ref={first}
          label="What clients say"
          placeholder="e.g. fraud"
          maxLength={longest}
          value={term}
          onChange={(event) => setTerm(event.currentTarget.value)}
        />
        <IconArrowsLeftRight className="link-arrow" size={16} aria-hidden="true" />
        <TextInput
          label="What your documents say"
          placeholder="e.g. imposter syndrome"
          maxLength={longest}
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
        <Button type="submit" kind="primary" disabled={!isComplete} isBusy={link.isRunning}>
          Link
        </Button>
      </div>
      {error === null ? null : <Problem error={error} />}
    </form>
  )
}

const LinkRow = ({ link }: { readonly link: ConceptLink }) => {
  const unlink = useAction(() => host.library.unlink({ id: link.id }))
  return (
    <li className="concept-link">
      <p>
        <b dir="auto">{link.term}</b> <IconArrowsLeftRight className="link-arrow" size={14} aria-hidden="true" />
        <span className="visually-hidden"> also finds </span> <b dir="auto">{link.other}</b>
      </p>
      <Button
        kind="quiet"
        aria-label={`Unlink ${link.term} and ${link.other}`}
        isBusy={unlink.isRunning}
        onClick={() => void unlink.run()}
      >
        Unlink
      </Button>
    </li>
  )
}

/** Words that mean the same to the coach, so that one finds what the other says. */
export const ConceptLinks = () => {
  const list = useQuery(queries.library.links.queryOptions())
  const rows = list.data?.rows ?? []
  return (
    <div className="library-page stack">
      <header>
        <h2 className="section-title">Linked words</h2>
        <p className="screen-lead">
          Clients often use other words than your documents. Linked words find each other, in both directions: whoever
          writes “I feel like a fraud” then finds what you teach about imposter syndrome.
        </p>
      </header>
      <LinkForm />
      {list.isPending ? <Patience /> : null}
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<IconLink />} title="No words are linked yet">
          Look at the questions that found nothing: they show which words are missing.
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <ul className="library-rows" aria-label="Linked words">
          {rows.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
