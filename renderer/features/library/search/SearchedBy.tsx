import type { WordsOnlyReason } from '../../../../shared/contract/spaces.ts'
import { hrefTo } from '../../../app/router.ts'

const reasons = {
  no_space: 'Searched by words.',
  filling: 'Searched by words: search by meaning is still being prepared.',
  starting: 'Searched by words: search by meaning is just starting.',
  unreachable: 'Searched by words only: the server for search by meaning gave no answer.',
  sensitive: 'Searched by words only: nothing about this client leaves this computer.',
} as const satisfies Record<WordsOnlyReason, string>

/** What answered a search; because: why words alone, null where meaning took part. */
export const SearchedBy = ({ because }: { readonly because: WordsOnlyReason | null }) => (
  <p className="searched-by">
    {because === null ? 'Searched by meaning and by words.' : reasons[because]}{' '}
    <a href={hrefTo('library', 'searching')} aria-label="How your library is searched">
      How
    </a>
  </p>
)
