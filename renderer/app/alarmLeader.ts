import { useEffect, useState } from 'react'

const lockName = 'opencoach-alarm'
const askAgainMs = 2_000

/** True in the one window of all open ones that sounds; only a window that can be heard stands for it. */
export const useIsSounding = (canBeHeard: boolean): boolean => {
  const [isSounding, setSounding] = useState(false)
  useEffect(() => {
    if (!canBeHeard) return
    const withdrawn = new AbortController()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const hold = () => {
      setSounding(true)
      return held
    }
    navigator.locks.request(lockName, { signal: withdrawn.signal }, hold).catch(() => undefined)
    return () => {
      withdrawn.abort()
      release()
      setSounding(false)
    }
  }, [canBeHeard])
  return isSounding
}

/** True while something should be heard and no open window can sound. */
export const useNobodySounds = (isCalling: boolean): boolean => {
  const [isSilent, setSilent] = useState(false)
  useEffect(() => {
    if (!isCalling) return setSilent(false)
    const look = async () => {
      const { held = [] } = await navigator.locks.query()
      setSilent(!held.some(({ name }) => name === lockName))
    }
    void look()
    const timer = setInterval(() => void look(), askAgainMs)
    return () => clearInterval(timer)
  }, [isCalling])
  return isSilent
}
