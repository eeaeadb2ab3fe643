export interface FolderNode {
  /** "Courses/Boundaries". */
  readonly path: string
  /** "Boundaries". */
  readonly name: string
  readonly level: number
  /** In it and in the folders within. */
  readonly documents: number
}

const parents = (path: string): readonly string[] => {
  const steps = path.split('/')
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'))
}

/** The folders as a tree in reading order, with those that only hold other folders; documents in no folder are left out. */
export const folderTree = (
  folders: readonly { readonly folder: string; readonly documents: number }[],
): readonly FolderNode[] => {
  const sums = new Map<string, number>()
  for (const { folder, documents } of folders) {
    if (folder === '') continue
    for (const path of parents(folder)) sums.set(path, (sums.get(path) ?? 0) + documents)
  }
  return Array.from(sums, ([path, documents]) => {
    const steps = path.split('/')
    return { path, name: steps.at(-1) ?? path, level: steps.length - 1, documents, steps }
  })
    .sort((a, b) => compareSteps(a.steps, b.steps))
    .map(({ steps: _steps, ...node }) => node)
}

const compareSteps = (a: readonly string[], b: readonly string[]): number => {
  for (const [index, step] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = step.localeCompare(other, undefined, { numeric: true }) || (step < other ? -1 : step > other ? 1 : 0)
    if (order !== 0) return order
  }
  return a.length - b.length
}
