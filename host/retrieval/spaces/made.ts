import { Problem } from '../../../shared/problem.ts'
import type { SpaceSetup } from './spaces.ts'
import type { Space } from './store.ts'

/** Figures a vector gets where the server can and the coach wants no other number. */
export const usualDimensions = 1_536

export type Server = Pick<SpaceSetup, 'baseUrl'> & { readonly model?: string; readonly dimensions?: number | undefined }

/** Whether what a set-up asks for is what a space holds already; without a size: as it would be chosen. */
export const isMadeBy = ({ model, dimensions, details }: Space, wanted: Server): boolean =>
  details.baseUrl === wanted.baseUrl &&
  model === wanted.model &&
  (wanted.dimensions === undefined
    ? dimensions === usualDimensions || (dimensions < usualDimensions && !details.sendsDimensions)
    : dimensions === wanted.dimensions)

/** Throws MODEL_BAD_ANSWER for a size that cannot be used here. */
export const checked = <Size extends { readonly dimensions: number }>(size: Size): Size => {
  if (size.dimensions >= 8 && size.dimensions <= 8_192) return size
  throw new Problem(
    'MODEL_BAD_ANSWER',
    `Vectors of this model have ${size.dimensions} figures; between 8 and 8,192 can be used here. Choose another model.`,
  )
}
