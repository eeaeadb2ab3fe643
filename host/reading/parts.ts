import { looksCompound, looksZipped } from './marks.ts'
import { attributeOf, elementsNamed, parseXml, textIn } from './markup.ts'
import { ReadingProblem } from './problem.ts'
import { worthyTitle } from './tidy.ts'
import { type Archive, openArchive } from './unpack.ts'

const passwordMark = Buffer.from('EncryptedPackage', 'utf16le')

/** Opens a Word or PowerPoint file. Throws `encrypted` where it has a password, `not_that_kind` where it is neither. */
export const openOffice = async (bytes: Uint8Array, maxUnpackedBytes: number): Promise<Archive> => {
  if (looksZipped(bytes)) return openArchive(bytes, maxUnpackedBytes)
  const isLocked =
    looksCompound(bytes) && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(passwordMark)
  throw new ReadingProblem(isLocked ? 'encrypted' : 'not_that_kind')
}

const decoded = (reference: string): string => {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

/** The name of the part that a reference in another part means; it never leaves the archive. */
export const resolvePart = (from: string, reference: string): string => {
  const path = decoded(reference.split(/[?#]/u, 1)[0] ?? '')
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** A part's reference to another. */
export interface Relation {
  readonly id: string
  /** The last word of the relation's type, such as `slide`. */
  readonly type: string
  readonly part: string
}

/** What an Office part refers to within the archive. */
export const relationsOf = async (archive: Archive, part: string): Promise<readonly Relation[]> => {
  const slash = part.lastIndexOf('/') + 1
  const text = await archive.text(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`)
  if (text === null) return []
  return elementsNamed(parseXml(text), 'Relationship').flatMap((element) => {
    const { Id: id, Type: type, Target: target, TargetMode: mode } = element.attribs
    if (!id || !type || !target || mode === 'External') return []
    return [{ id, type: type.slice(type.lastIndexOf('/') + 1), part: resolvePart(part, target) }]
  })
}

/** The name of an Office file's main part, such as `word/document.xml`; null where there is none of this content type. */
export const mainPart = async (archive: Archive, contentType: string, usual: string): Promise<string | null> => {
  if (archive.has(usual)) return usual
  const types = await archive.text('[Content_Types].xml')
  if (types === null) return null
  const override = elementsNamed(parseXml(types), 'Override').find((element) =>
    attributeOf(element, 'ContentType')?.includes(contentType),
  )
  const name = override && resolvePart('', attributeOf(override, 'PartName') ?? '')
  return name && archive.has(name) ? name : null
}

/** The title in an Office file's properties. */
export const titleInProperties = async (archive: Archive): Promise<string | null> => {
  const text = await archive.text('docProps/core.xml')
  const element = text === null ? undefined : elementsNamed(parseXml(text), 'title')[0]
  return worthyTitle(element && textIn(element))
}
