import type { Page } from 'playwright'

interface Opening {
  readonly click: string
  /** What must be on the page. */
  readonly shown: string
  /** And hold this text. */
  readonly text?: string
}

/** Milliseconds from a click to the frame with what it opens; null where it did not open within ten seconds. */
export const paintAfterClick = (page: Page, { click, shown, text = '' }: Opening): Promise<number | null> =>
  page.evaluate(
    (wanted) =>
      new Promise<number | null>((resolve) => {
        const target = document.querySelector(wanted.click)
        if (!(target instanceof HTMLElement)) return resolve(null)
        const start = performance.now()
        const isShown = () =>
          [...document.querySelectorAll(wanted.shown)].some((one) => one.textContent.includes(wanted.text))
        const look = () => {
          if (performance.now() - start > 10_000) return resolve(null)
          if (!isShown()) return void requestAnimationFrame(look)
          // A frame's callbacks run before it is painted; the next task runs after.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - start)
          port2.postMessage(null)
        }
        target.click()
        requestAnimationFrame(look)
      }),
    { click, shown, text },
  )

/** Watches the page's main thread; the returned function stops and tells its longest task (0 below 50) and frame. */
export const watchTasks = async (page: Page): Promise<() => Promise<{ task: number; frame: number }>> => {
  const watch = await page.evaluateHandle(() => {
    const seen = { task: 0, frame: 0, isOn: true }
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.task = Math.max(seen.task, entry.duration)
    })
    observer.observe({ type: 'longtask' })
    let last = performance.now()
    const tick = (now: number) => {
      seen.frame = Math.max(seen.frame, now - last)
      last = now
      if (seen.isOn) requestAnimationFrame(tick)
      else observer.disconnect()
    }
    requestAnimationFrame(tick)
    return seen
  })
  return () =>
    watch.evaluate((seen) => {
      seen.isOn = false
      return { task: seen.task, frame: seen.frame }
    })
}
