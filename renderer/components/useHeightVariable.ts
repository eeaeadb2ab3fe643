import { useCallback } from 'react'

/** A ref for an element whose height others leave room for: kept, in pixels, in a CSS variable of the whole page. */
export const useHeightVariable = (variable: `--${string}`) =>
  useCallback(
    (element: HTMLElement | null) => {
      if (!element) return
      const { style } = document.documentElement
      const observer = new ResizeObserver(() => style.setProperty(variable, `${element.offsetHeight}px`))
      observer.observe(element)
      return () => {
        observer.disconnect()
        style.removeProperty(variable)
      }
    },
    [variable],
  )
