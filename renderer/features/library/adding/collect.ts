/** A file the coach chose, and the folder of the library it goes to. */
export interface WantedFile {
  readonly file: File
  readonly folder: string
}

/** A folder or file of theirs that the browser could not open. */
export interface Unopened {
  readonly name: string
  readonly problem: string
}

export interface Collected {
  readonly files: readonly WantedFile[]
  readonly unopened: readonly Unopened[]
  /** Files that systems and programs keep for themselves. */
  readonly systemFiles: number
  /** Pictures in folders; one that was chosen by itself is sent, and the answer says why it cannot be read. */
  readonly pictures: number
}

const systemNames: ReadonlySet<string> = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', 'icon\r'])

/** Whether a file or folder is one that a system or program keeps for itself, such as .DS_Store or ~$notes.docx. */
export const isSystemFile = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || systemNames.has(name.toLowerCase())

const isPicture = (file: File): boolean => file.type.startsWith('image/')

const joined = (...folders: readonly string[]): string => folders.filter(Boolean).join('/')

/** Files from a file or folder field; those of a folder keep its name and what lies within. */
export const fromField = (list: FileList, into: string): Collected => {
  const all = [...list].map((file) => ({ file, steps: file.webkitRelativePath.split('/').slice(0, -1) }))
  const wanted = all.filter(({ file, steps }) => !isSystemFile(file.name) && !steps.slice(1).some(isSystemFile))
  const files = wanted.filter(({ file, steps }) => steps.length === 0 || !isPicture(file))
  return {
    files: files.map(({ file, steps }) => ({ file, folder: joined(into, ...steps) })),
    unopened: [],
    systemFiles: all.length - wanted.length,
    pictures: wanted.length - files.length,
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })

/** A folder answers in portions; an empty one says that it is done. */
const entriesOf = async (entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = entry.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return all
    all.push(...some)
  }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** Takes what was dropped; must be called while the drop is being handled, as the browser forgets it afterwards. */
export const fromDrop = async (dropped: DataTransfer, into: string): Promise<Collected> => {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files: WantedFile[] = []
  const unopened: Unopened[] = []
  let systemFiles = 0
  let pictures = 0
  const walk = async (entry: FileSystemEntry, folder: string, isWithin: boolean): Promise<void> => {
    if (isSystemFile(entry.name)) {
      systemFiles += 1
      return
    }
    try {
      if (isFile(entry)) {
        const file = await fileOf(entry)
        if (isWithin && isPicture(file)) pictures += 1
        else files.push({ file, folder })
      } else if (isFolder(entry)) {
        for (const each of await entriesOf(entry)) await walk(each, joined(folder, entry.name), true)
      }
    } catch {
      unopened.push({ name: entry.name, problem: 'It could not be opened. Check that you may read it.' })
    }
  }
  for (const entry of entries) await walk(entry, into, false)
  return { files, unopened, systemFiles, pictures }
}
