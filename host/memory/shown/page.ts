export interface Page {
  readonly offset: number
  readonly limit: number
}

/** A page of rows and where the next one begins; `read` is asked for one more than is shown. */
export const pageOf = <Row>(
  { offset, limit }: Page,
  read: (limit: number) => Row[],
): { rows: Row[]; next: number | null } => {
  const found = read(limit + 1)
  return { rows: found.slice(0, limit), next: found.length > limit ? offset + limit : null }
}
