import { IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { notifyProblem } from '../../../app/action.ts'
import { useFilter } from '../documents/filter.ts'
import { fromDrop } from './collect.ts'
import { addFiles } from './uploads.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** While Knowledge is open, files may be dropped anywhere in the window; dropped elsewhere they would replace the page. */
export const DropTarget = () => {
  const into = useFilter((filter) => filter.folder) ?? ''
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const show = (change: 1 | -1) => {
      depth = Math.max(0, depth + change)
      setOver(depth > 0)
    }
    const enter = (event: DragEvent) => carriesFiles(event) && show(1)
    const leave = (event: DragEvent) => carriesFiles(event) && show(-1)
    const over = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      depth = 0
      setOver(false)
      fromDrop(event.dataTransfer, into).then(addFiles, notifyProblem)
    }
    const handlers = [
      ['dragenter', enter],
      ['dragleave', leave],
      ['dragover', over],
      ['drop', drop],
    ] as const
    for (const [name, handle] of handlers) window.addEventListener(name, handle)
    return () => {
      for (const [name, handle] of handlers) window.removeEventListener(name, handle)
    }
  }, [into])
  if (!isOver) return null
  return (
    <div className="drop-target" aria-hidden="true">
      <IconDownload size={28} />
      <b>Drop files or folders to add them</b>
      <span>{into === '' ? 'Folders keep their names.' : `They go to “${into}”.`}</span>
    </div>
  )
}
