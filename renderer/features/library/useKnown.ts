import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { queries } from '../../transport/console.ts'
import { folderTree } from './documents/folderTree.ts'

/** As in the contract. */
export const longestTag = 60
export const mostTags = 20

/** The folders and tags that are in use, for whoever chooses one. */
export const useKnown = () => {
  const overview = useQuery(queries.library.overview.queryOptions()).data
  return useMemo(
    () => ({
      folders: folderTree(overview?.folders ?? []).map(({ path }) => path),
      tags: (overview?.tags ?? []).map(({ tag }) => tag),
    }),
    [overview],
  )
}
