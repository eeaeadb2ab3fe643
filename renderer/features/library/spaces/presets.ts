/** Where vectors can be made, with what is usual there. */
export interface Preset {
  readonly id: 'openai' | 'local' | 'other'
  readonly name: string
  readonly about: string
  readonly baseUrl: string
  readonly model: string
  /** US dollars per million tokens, as the provider lists it. */
  readonly priceUsd: number
}

export const local: Preset = {
  id: 'local',
  name: 'On this computer',
  about: 'Ollama, LM Studio or another program. Costs nothing, and nothing leaves.',
  baseUrl: 'http://127.0.0.1:11434/v1',
  model: 'nomic-embed-text',
  priceUsd: 0,
}

export const presets: readonly Preset[] = [
  local,
  {
    id: 'openai',
    name: 'OpenAI',
    about: 'In the cloud. Paid by use, with a key of your own.',
    baseUrl: '',
    model: 'text-embedding-3-small',
    priceUsd: 0.02,
  },
  {
    id: 'other',
    name: 'Another server',
    about: 'Any that offers embeddings the way OpenAI does.',
    baseUrl: '',
    model: '',
    priceUsd: 0,
  },
]

const openAi = 'api.openai.com'

/** What a set-up is filled in with; empty address: OpenAI. */
export interface ServerChoice {
  readonly baseUrl: string
  readonly model: string
  readonly dimensions?: number
  readonly priceUsd: number
}

/** The name of the machine that an address leads to. */
export const serverName = (baseUrl: string): string =>
  baseUrl === '' ? openAi : URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl
