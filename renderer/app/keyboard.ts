import { useEffect, useRef } from 'react'
import { focusBack } from './focusBack.ts'
import { useUi } from './ui.ts'

export const isMac = /mac/i.test(navigator.platform)
/** The name of the key that goes with a letter: ⌘ or Ctrl. */
export const commandKey = isMac ? '⌘' : 'Ctrl'

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

// An overlay that was just asked for is not in the page yet, and what is typed meanwhile is meant for it.
const belongsToOverlay = (target: EventTarget | null): boolean =>
  useUi.getState().overlay !== 'none' ||
  useUi.getState().snoozing !== null ||
  document.querySelector('[aria-modal="true"]') !== null ||
  (target instanceof HTMLElement && target.closest('[role="menu"], [role="listbox"]') !== null)

// Decided before anybody acts on the key: Escape closes an overlay, and then nothing shows any more whose it was.
const forOverlay = new WeakSet<Event>()
window.addEventListener('keydown', (event) => belongsToOverlay(event.target) && forOverlay.add(event), {
  capture: true,
})

// After everybody who has a use for the key: whoever still writes then wants to leave.
window.addEventListener('keydown', (event) => {
  const { target } = event
  if (event.key !== 'Escape' || event.defaultPrevented || forOverlay.has(event) || event.isComposing) return
  if (!isTextField(target) || target !== document.activeElement || !(target instanceof HTMLElement)) return
  target.blur()
  focusBack()
})

/** "j", "shift+j", "mod+a", "?", "escape": Shift counts with letters only, whose sign it does not change. */
const chordOf = (event: KeyboardEvent): string => {
  const key = event.key.toLowerCase()
  const isShifted = event.shiftKey && /^\p{L}$/u.test(key)
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${key}`
}

const walking: ReadonlySet<string> = new Set(['j', 'k', 'shift+j', 'shift+k', 'arrowdown', 'arrowup'])

/**
 * Keys that work on this screen, named as by `chordOf`; they stay silent in text fields, dialogs and menus.
 * A handler returns false to let the key do what it would have done.
 */
export const useShortcuts = (handlers: Readonly<Record<string, (() => boolean | undefined) | undefined>>) => {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return
      if (isTextField(event.target) || forOverlay.has(event)) return
      const chord = chordOf(event)
      // A key held down may walk; it must not put one conversation after the other aside.
      if (event.repeat && !walking.has(chord)) return
      const handler = latest.current[chord]
      if (handler && handler() !== false) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** Every shortcut the console has, for the sheet that lists them. */
export const shortcutList = [
  {
    title: 'Inbox',
    keys: [
      { keys: ['J'], does: 'Next conversation' },
      { keys: ['K'], does: 'Previous conversation' },
      { keys: ['Enter'], does: 'Open the conversation and read' },
      { keys: ['E'], does: 'Done, or back in the inbox' },
      { keys: ['H'], does: 'Snooze' },
      { keys: ['U'], does: 'Mark as unread, or as read' },
      { keys: ['Z'], does: 'Undo the last step' },
      { keys: ['/'], does: 'Search messages' },
    ],
  },
  {
    title: 'Several at once',
    keys: [
      { keys: ['X'], does: 'Select, or not any more' },
      { keys: ['Shift', 'J'], does: 'Select the next one too' },
      { keys: ['Shift', 'K'], does: 'Select the previous one too' },
      { keys: [commandKey, 'A'], does: 'Select all shown' },
      { keys: ['Esc'], does: 'Select none' },
    ],
  },
  {
    title: 'In a conversation',
    keys: [
      { keys: ['R'], does: 'Write a reply' },
      { keys: [commandKey, 'Enter'], does: 'Send' },
      { keys: ['T'], does: 'Take over' },
      { keys: ['B'], does: 'Hand back' },
      { keys: ['A'], does: 'Acknowledge the alert' },
      { keys: ['Esc'], does: 'Leave the text field' },
    ],
  },
  {
    title: 'In Knowledge',
    keys: [
      { keys: ['J'], does: 'Next document' },
      { keys: ['K'], does: 'Previous document' },
      { keys: ['Enter'], does: 'Open the document' },
      { keys: ['X'], does: 'Select the document, or not any more' },
      { keys: ['/'], does: 'Search in titles' },
      { keys: ['Esc'], does: 'Select none, or back to the list' },
    ],
  },
  {
    title: 'In Learning',
    keys: [{ keys: ['Z'], does: 'Undo the last step' }],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: [commandKey, 'K'], does: 'Go to anything' },
      { keys: ['?'], does: 'Show this list' },
    ],
  },
] as const
