import { Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Backup } from '../../../shared/contract/backups.ts'
import { notify, useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'
import { Ago } from '../../components/Time.tsx'
import { mediumTime } from '../../components/time.ts'
import { useSaving } from '../../components/useSaving.ts'
import { plural, sizeWords } from '../../components/words.ts'
import { host, queries } from '../../transport/console.ts'
import { RestoreForm } from '../vault/RestoreForm.tsx'
import { SavedNumber } from './SavedNumber.tsx'
import { Section } from './Section.tsx'
import { type Settings, saveSettings } from './saveSettings.ts'

const reasonWords = {
  manual: 'By hand',
  daily: 'Daily',
  before_migration: 'Before an update',
  before_restore: 'Before a restore',
} as const satisfies Record<Backup['reason'], string>

const BackupRow = ({ backup, onRestore }: { readonly backup: Backup; readonly onRestore: () => void }) => (
  <li className="backup">
    <div>
      <b>
        <Ago time={backup.createdAt} />
      </b>{' '}
      <span className="muted">
        {reasonWords[backup.reason]} · {plural(backup.messages, 'message')} · {sizeWords(backup.bytes)}
      </span>
      <p className="small muted">
        Read back and verified on {mediumTime(backup.verifiedAt)} · <span className="path">{backup.folder}</span>
      </p>
    </div>
    <Button kind="quiet" onClick={onRestore}>
      Restore…
    </Button>
  </li>
)

export const BackupsSection = ({ settings }: { readonly settings: Settings }) => {
  const list = useQuery(queries.backups.list.queryOptions())
  const [restoring, setRestoring] = useState<string | null>(null)
  const folder = useSaving(settings.backupFolder, (text) => saveSettings({ backupFolder: text.trim() }))
  const backUp = useAction(async () => {
    const made = await host.backups.create()
    notify(`${plural(made.messages, 'message')} saved and read back.`, 'Backup done')
  })
  const rows = list.data?.rows ?? []
  const failure = list.data?.lastFailure
  return (
    <Section
      id="backups"
      title="Backups"
      lead="Encrypted like the data itself, and read back after writing. A backup opens with your passphrase or recovery phrase."
    >
      <div className="row-of-buttons">
        <Button kind="primary" isBusy={backUp.isRunning} onClick={() => void backUp.run()}>
          {backUp.isRunning ? 'Backing up…' : 'Back up now'}
        </Button>
        <Button onClick={() => setRestoring('')}>Restore from a folder…</Button>
      </div>
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {failure ? (
        <div className="notice" role="alert">
          <p>
            The daily backup failed <Ago time={failure.at} />. {failure.message} It is tried again every six hours; you
            can also back up now.
          </p>
        </div>
      ) : null}
      {rows.length > 0 ? (
        <ul className="backups" aria-label="Backups">
          {rows.map((row) => (
            <BackupRow key={row.folder} backup={row} onRestore={() => setRestoring(row.folder)} />
          ))}
        </ul>
      ) : null}
      {list.isSuccess && rows.length === 0 ? <p className="muted">No backup yet. Make the first one now.</p> : null}
      <SavedSwitch
        label="Back up every day"
        isOn={settings.dailyBackup}
        save={(dailyBackup) => saveSettings({ dailyBackup })}
      />
      <SavedNumber
        label="Backups to keep"
        description="The oldest go when there are more."
        min={1}
        max={60}
        value={settings.backupsKept}
        save={(backupsKept) => saveSettings({ backupsKept })}
      />
      <TextInput
        label="Folder"
        description="Best on another disk. Empty: the folder “backups” beside the data."
        value={folder.value}
        onChange={(event) => folder.onChange(event.currentTarget.value)}
        onBlur={folder.onBlur}
      />
      <Modal
        opened={restoring !== null}
        onClose={() => setRestoring(null)}
        title="Restore a backup"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <RestoreForm
          key={restoring}
          folder={restoring ?? ''}
          lead="Everything here is replaced by the backup. What is here now is kept beside it."
          onDone={() => {
            setRestoring(null)
            notify('The backup is back in place.')
          }}
        />
      </Modal>
    </Section>
  )
}
