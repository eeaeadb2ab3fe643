import type { Fetch } from '../../../host/privacy/index.ts'
import type { SimClock } from './simClock.ts'

export const thinkPlans = ['slow', 'unsure', 'silent', 'unsafe', 'empty', 'broken', 'down', 'refused', 'hangs'] as const
export type ThinkPlan = (typeof thinkPlans)[number]

const quickMs = 400
const slowMs = 20_000

/** The first word of what the model writes, so that its texts are known wherever they turn up. */
export const modelWord = /^(?:edited )?m(\d+) /u

const completion = (content: string): Response =>
  Response.json({
    id: 'simulated',
    object: 'chat.completion',
    created: 0,
    model: 'simulated',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  })

const responseTo = (plan: ThinkPlan | undefined, number: number): Response => {
  if (plan === 'down') return Response.json({ error: { message: 'Overloaded.' } }, { status: 503 })
  if (plan === 'refused') return Response.json({ error: { message: 'Bad key.' } }, { status: 401 })
  if (plan === 'broken') return completion('I would rather talk about the weather.')
  const texts: Partial<Record<ThinkPlan, string>> = {
    silent: '',
    empty: '',
    unsafe: `m${number} I guarantee you will succeed.`,
  }
  return completion(
    JSON.stringify({
      reply: plan ? (texts[plan] ?? `m${number} go on`) : `m${number} go on`,
      confidence: plan === 'unsure' ? 0.3 : 0.9,
      base_intent: 'CHECK_IN',
      requires_response: plan !== 'silent',
    }),
  )
}

/** A model server that answers by plan, in simulated time. */
export const createThinker = (
  clock: SimClock,
  asked: (number: number, body: string, plan: ThinkPlan | undefined) => void,
) => {
  const plans: ThinkPlan[] = []
  let number = 0

  const fetch: Fetch = (_input, init = {}) => {
    number += 1
    const mine = number
    const plan = plans.shift()
    asked(mine, typeof init.body === 'string' ? init.body : '', plan)
    return new Promise((resolve, reject) => {
      const { signal } = init
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      if (plan !== 'hangs') clock.after(plan === 'slow' ? slowMs : quickMs, () => resolve(responseTo(plan, mine)))
    })
  }
  return { fetch, plans, count: () => number }
}
