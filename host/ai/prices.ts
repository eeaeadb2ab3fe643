/** US dollars per million tokens, in and out, as their makers listed them in 2025; a coach can set their own. */
const listed: Readonly<Record<string, readonly [input: number, output: number]>> = {
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
}

export interface Usage {
  /** As the server names it; a date at its end is left out of account. */
  readonly model: string
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  /** What the server itself says it cost, US dollars. */
  readonly statedUsd: number | null
}

/** The coach's own prices, US dollars per million tokens; 0 where they set none. */
export interface OwnPrices {
  readonly priceInUsd: number
  readonly priceOutUsd: number
}

/** What an answer cost in millionths of a US dollar; null where neither the server, the coach nor the list knows. */
export const costOf = ({ model, promptTokens, completionTokens, statedUsd }: Usage, own: OwnPrices): number | null => {
  if (statedUsd !== null) return Math.round(statedUsd * 1_000_000)
  if (promptTokens === null || completionTokens === null) return null
  const name = model.replace(/^.*\//u, '').replace(/-\d{4}-\d{2}-\d{2}$/u, '')
  const prices = own.priceInUsd > 0 || own.priceOutUsd > 0 ? [own.priceInUsd, own.priceOutUsd] : listed[name]
  if (!prices) return null
  const [input = 0, output = 0] = prices
  // Dollars per million tokens are millionths of a dollar per token.
  return Math.round(promptTokens * input + completionTokens * output)
}
