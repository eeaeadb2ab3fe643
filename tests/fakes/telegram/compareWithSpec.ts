import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Fields, methods, objects } from './methods.ts'

// node tests/fakes/telegram/compareWithSpec.ts --spec FILE: holds our table against a published list of methods.

const described = z.object({
  fields: z.array(z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() })).default([]),
})
const published = z.object({ methods: z.record(z.string(), described), types: z.record(z.string(), described) })

const { spec } = parseArgs({ options: { spec: { type: 'string' } } }).values
if (spec === undefined) {
  process.stderr.write('Say which list to compare with: --spec FILE\n')
  process.exit(2)
}
const list = published.parse(JSON.parse(readFileSync(spec, 'utf8')))

const sameTypes = (ours: readonly string[], theirs: readonly string[]): boolean =>
  ours.toSorted().join() === theirs.toSorted().join()

const compare = (name: string, ours: Fields, theirs: z.infer<typeof described> | undefined): string[] => {
  if (!theirs) return [`${name}: not in the published list`]
  const fields = new Map(theirs.fields.map((field) => [field.name, field]))
  const differences = Object.entries(ours).flatMap(([field, { types, required }]) => {
    const other = fields.get(field)
    if (!other) return [`${name}.${field}: only ours`]
    return [
      ...(sameTypes(types, other.types)
        ? []
        : [`${name}.${field}: ${types.join(' or ')}, published ${other.types.join(' or ')}`]),
      ...(required === other.required ? [] : [`${name}.${field}: required ${required}, published ${other.required}`]),
    ]
  })
  const unknown = theirs.fields
    .filter((field) => !(field.name in ours))
    .map((field) => `${name}.${field.name}: only published`)
  return [...differences, ...unknown]
}

const differences = [
  ...Object.entries(methods).flatMap(([name, fields]) => compare(name, fields, list.methods[name])),
  ...Object.entries(objects).flatMap(([name, fields]) => compare(name, fields, list.types[name])),
]
for (const difference of differences) process.stdout.write(`${difference}\n`)
process.stdout.write(
  `${Object.keys(methods).length} methods, ${Object.keys(objects).length} objects, ${differences.length} differences\n`,
)
process.exit(differences.length === 0 ? 0 : 1)
