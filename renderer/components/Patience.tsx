import { useEffect, useState } from 'react'

const silentMs = 150

/** A quiet word that something takes long; shown only after the first moments have passed. */
export const Patience = ({ children = 'One moment…' }: { readonly children?: string }) => {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), silentMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className="patience" aria-live="polite">
      {isShown ? children : null}
    </p>
  )
}
