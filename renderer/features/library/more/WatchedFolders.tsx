import { Modal, TextInput } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WatchedFolder } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { Ago } from '../../../components/Time.tsx'
import { plural } from '../../../components/words.ts'
import { host, queries } from '../../../transport/console.ts'

const longestPath = 2_000

const WatchForm = () => {
  const [path, setPath] = useState('')
  const [error, setError] = useState<unknown>(null)
  const watch = useAction(async () => {
    setError(null)
    try {
      await host.library.watch({ path: path.trim() })
      setPath('')
    } catch (thrown) {
      setError(thrown)
    }
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim() !== '') void watch.run()
      }}
    >
      <TextInput
        label="Folder on this machine"
        description="Its full path. You can copy it from your file manager."
        placeholder="e.g. /Users/ann/Documents/Coaching or C:\Users\ann\Documents\Coaching"
        maxLength={longestPath}
        autoComplete="off"
        spellCheck={false}
        value={path}
        onChange={(event) => {
          setPath(event.currentTarget.value)
          setError(null)
        }}
      />
      {error === null ? null : <Problem error={error} />}
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" disabled={path.trim() === ''} isBusy={watch.isRunning}>
          Watch this folder
        </Button>
      </div>
    </form>
  )
}

const StopWatching = ({ folder, onClose }: { readonly folder: WatchedFolder; readonly onClose: () => void }) => {
  const stop = useAction(async (removeDocuments: boolean) => {
    await host.library.unwatch({ id: folder.id, removeDocuments })
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title="Stop watching this folder?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p className="path">
          <b>{folder.path}</b>
        </p>
        <p>
          The folder itself is not touched. {plural(folder.documents, 'document')} came from it; you can keep or remove{' '}
          {folder.documents === 1 ? 'it' : 'them'}. What you remove is gone for good, with its passages.
        </p>
        <div className="row-of-buttons">
          <Button kind="primary" data-autofocus isBusy={stop.isRunning} onClick={() => void stop.run(false)}>
            Stop and keep the documents
          </Button>
          <Button kind="danger" isBusy={stop.isRunning} onClick={() => void stop.run(true)}>
            Stop and remove them
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const stateOf = (folder: WatchedFolder) =>
  folder.problem === null ? { look: 'ready', words: 'Watched' } : { look: 'failed', words: 'Cannot be looked at' }

const FolderRow = ({ folder }: { readonly folder: WatchedFolder }) => {
  const [isStopping, setStopping] = useState(false)
  const rescan = useAction(() => host.library.rescan({ id: folder.id }))
  const { look, words } = stateOf(folder)
  return (
    <li className="watched">
      <div className="watched-about">
        <p className="path">
          <b>{folder.path}</b> <span className={`document-state is-${look}`}>{words}</span>
        </p>
        {folder.problem === null ? null : <p className="watched-problem">{folder.problem}</p>}
        <p className="muted small">
          {plural(folder.documents, 'document')} ·{' '}
          {folder.checkedAt === null ? (
            'not looked at yet'
          ) : (
            <>
              last look: <Ago time={folder.checkedAt} />
            </>
          )}
        </p>
      </div>
      <div className="row-of-buttons">
        <Button isBusy={rescan.isRunning} aria-label={`Look now: ${folder.path}`} onClick={() => void rescan.run()}>
          {rescan.isRunning ? 'Looking…' : 'Look now'}
        </Button>
        <Button aria-label={`Stop watching ${folder.path}`} onClick={() => setStopping(true)}>
          Stop watching…
        </Button>
      </div>
      {isStopping ? <StopWatching folder={folder} onClose={() => setStopping(false)} /> : null}
    </li>
  )
}

/** Folders of the machine that the library follows. */
export const WatchedFolders = () => {
  const list = useQuery(queries.library.watched.queryOptions())
  const rows = list.data?.rows ?? []
  return (
    <div className="library-page stack">
      <header>
        <h2 className="section-title">Watched folders</h2>
        <p className="screen-lead">
          OpenCoach looks into these folders while it runs: what you put into one is added by itself, and what you
          change there is read again, only where it changed. It never writes, moves or deletes anything in them.
        </p>
      </header>
      <WatchForm />
      {list.isPending ? <Patience /> : null}
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <EmptyState icon={<IconEye />} title="No folder is watched">
          Name the folder where you keep what you teach from, and the library stays up to date by itself.
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <ul className="library-rows" aria-label="Watched folders">
          {rows.map((folder) => (
            <FolderRow key={folder.id} folder={folder} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
