import { Menu } from '@mantine/core'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { host } from '../../transport/console.ts'
import type { Span } from '../reports/range.ts'

const untilSavedMs = 60_000

const save = async ({ from, to, timeZone }: Span, form: 'readable' | 'machine') => {
  const { name, mediaType, text } = await host.learning.export({ from, to, timeZone, form })
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), untilSavedMs)
}

/** Saves the page as a file; what it holds is not encrypted. */
export const SaveLearned = ({ span }: { readonly span: Span }) => {
  const saving = useAction(save)
  return (
    <Menu position="bottom-end" width={260} transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <Button isBusy={saving.isRunning}>Save this page…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saving.run(span, 'readable')}>To read, as a web page</Menu.Item>
        <Menu.Item onClick={() => void saving.run(span, 'machine')}>For programs, as JSON</Menu.Item>
        <Menu.Label>The file is not encrypted.</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
