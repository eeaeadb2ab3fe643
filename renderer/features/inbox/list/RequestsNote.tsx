import { IconChevronRight } from '@tabler/icons-react'
import { setUi } from '../../../app/ui.ts'

/** Says that people wait to be let in, above every list they are not the subject of. */
export const RequestsNote = ({ count }: { readonly count: number }) =>
  count === 0 ? null : (
    <button type="button" className="requests-note" onClick={() => setUi({ filter: 'requests' })}>
      <b>{count === 1 ? '1 person wants' : `${count} people want`} to write to you</b>
      <IconChevronRight size={14} aria-hidden="true" />
    </button>
  )
