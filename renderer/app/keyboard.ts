import { useEffect, useRef } from 'react'
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
  document.querySelector('[aria-modal="true"]') !== null ||
  (target instanceof HTMLElement && target.closest('[role="menu"], [role="listbox"]') !== null)

/**
 * Single keys that work on this screen; they stay silent in text fields, dialogs and menus, and with a modifier.
 * A handler returns false to let the key do what it would have done.
 */
export const useShortcuts = (handlers: Readonly<Record<string, (() => boolean | undefined) | undefined>>) => {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (isTextField(event.target) || belongsToOverlay(event.target)) return
      const handler = latest.current[event.key.toLowerCase()]
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
      { keys: ['U'], does: 'Mark as unread' },
      { keys: ['Esc'], does: 'Leave the text field' },
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: [commandKey, 'K'], does: 'Go to anything' },
      { keys: ['?'], does: 'Show this list' },
    ],
  },
] as const
