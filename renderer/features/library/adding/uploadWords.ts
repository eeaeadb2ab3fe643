import { plural } from '../../../components/words.ts'
import { count } from '../words.ts'

interface Sums {
  readonly added: number
  readonly updated: number
  readonly same: readonly unknown[]
  readonly failed: readonly unknown[]
  readonly stopped: number
  readonly systemFiles: number
  readonly pictures: number
}

/** "812 added, 14 already here, 3 could not be added"; null where nothing has come of it yet. */
export const sumWords = ({ added, updated, same, failed, stopped, systemFiles, pictures }: Sums): string | null => {
  const parts = [
    added > 0 ? `${count(added)} added` : null,
    updated > 0 ? `${count(updated)} brought up to date` : null,
    same.length > 0 ? `${count(same.length)} already here` : null,
    failed.length > 0 ? `${count(failed.length)} could not be read` : null,
    stopped > 0 ? `${count(stopped)} stopped` : null,
    pictures > 0 ? `${plural(pictures, 'picture')} left out` : null,
    systemFiles > 0 ? `${plural(systemFiles, 'system file')} left out` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}
