import { create } from 'zustand'

/** Whether the browser lets this window be heard: asked when the first sound is due, or at the first click. */
export const useAudio = create<{ readonly state: 'unasked' | 'blocked' | 'audible' }>(() => ({ state: 'unasked' }))

interface Tone {
  readonly hertz: number
  /** Seconds after the start of the pattern. */
  readonly from: number
  readonly seconds: number
}

const twoTones = (first: number, second: number, from: number, pace: number): readonly Tone[] => [
  { hertz: first, from, seconds: pace },
  { hertz: second, from: from + pace, seconds: pace * 1.4 },
]

const calm = twoTones(587, 784, 0, 0.26)
const insistent = [0, 0.5, 1].flatMap((from) => twoTones(988, 740, from, 0.16))

const louderEachTime = 1.3
const fadeSeconds = 0.02

/** How loud a call is at its level, 0 to 1: the coach's volume at first, louder each time it repeats. */
export const loudness = (volume: number, level: number): number => Math.min(1, volume * louderEachTime ** (level - 1))

let context: AudioContext | undefined

const tellState = () => useAudio.setState({ state: context?.state === 'running' ? 'audible' : 'blocked' })

const contextNow = (): AudioContext => {
  if (context) return context
  context = new AudioContext()
  context.addEventListener('statechange', tellState)
  tellState()
  return context
}

/**
 * Asks the browser to let this window be heard; it agrees after a click or a key, and in the desktop app at once.
 * Asked as often as there is reason to: an earlier question may be unanswered still, and its answer lost.
 */
export const askForSound = () => {
  const asked = contextNow()
  tellState()
  if (asked.state !== 'running') void asked.resume().then(tellState, tellState)
}

const playTone = (on: AudioContext, tone: Tone, gain: number) => {
  const from = on.currentTime + tone.from
  const end = from + tone.seconds
  const oscillator = on.createOscillator()
  const volume = on.createGain()
  oscillator.type = 'triangle'
  oscillator.frequency.value = tone.hertz
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(gain, from + fadeSeconds)
  volume.gain.setValueAtTime(gain, end - fadeSeconds)
  volume.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(volume).connect(on.destination)
  oscillator.start(from)
  oscillator.stop(end)
}

/** Plays a call once: two calm tones, or for a safety crisis an insistent row of them. Silent while blocked. */
export const playCall = ({ isCrisis, gain }: { readonly isCrisis: boolean; readonly gain: number }) => {
  askForSound()
  const on = contextNow()
  if (on.state !== 'running') return
  for (const tone of isCrisis ? insistent : calm) playTone(on, tone, gain)
}
