import { IconChevronRight } from '@tabler/icons-react'
import { setUi } from '../../../app/ui.ts'
import { plural } from '../../../components/words.ts'

/** Says that something clients said they would do falls due, above every list it is not the subject of. */
export const CheckInsNote = ({ count }: { readonly count: number }) =>
  count === 0 ? null : (
    <button type="button" className="requests-note" onClick={() => setUi({ filter: 'check_ins' })}>
      <b>{plural(count, 'client')} to ask how it went</b>
      <IconChevronRight size={14} aria-hidden="true" />
    </button>
  )
