import { z } from 'zod'
import { documentKinds } from '../../shared/taxonomy/library.ts'
import type { ReadDocument } from './document.ts'

/** A ReadDocument that comes from a thread or from the database. */
export const readDocumentShape = z.object({
  kind: z.enum(documentKinds),
  title: z.string().nullable(),
  pages: z.number().int().nullable(),
  pageLabels: z.array(z.string()).nullable(),
  blocks: z.array(
    z.object({
      kind: z.enum(['heading', 'paragraph', 'list', 'table', 'notes']),
      level: z.number().int(),
      text: z.string(),
      page: z.number().int().nullable(),
      seconds: z.number().nullable(),
    }),
  ),
  notes: z.array(z.string()),
}) satisfies z.ZodType<ReadDocument>
