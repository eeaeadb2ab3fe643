import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes renames and removals in a folder survive a power cut, where the system can. */
export const fsyncFolder = (folder: string): void => {
  // Windows opens no folders; its renames are journalled by the file system.
  if (process.platform === 'win32') return
  fsyncFile(folder)
}

export const fsyncFile = (path: string): void => {
  const handle = openSync(path, process.platform === 'win32' ? 'r+' : 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes all bytes to an open file, however few the system takes at a time. */
export const writeFully = (handle: number, bytes: Uint8Array): void => {
  let written = 0
  while (written < bytes.length) written += writeSync(handle, bytes, written)
}

const unfinished = (path: string): string => `${path}.part`

/** Removes what a crash in the middle of writeDurably left. */
export const removeUnfinished = (path: string): void => rmSync(unfinished(path), { force: true })

/** Replaces a file in one step: readable by its owner only, and on disk when this returns. */
export const writeDurably = (path: string, bytes: Uint8Array | string): void => {
  const temporary = unfinished(path)
  try {
    const handle = openSync(temporary, 'w', 0o600)
    try {
      writeFully(handle, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, path)
  } catch (error) {
    removeUnfinished(path)
    throw error
  }
  fsyncFolder(dirname(path))
}
