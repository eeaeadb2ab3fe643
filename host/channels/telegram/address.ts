import { Problem } from '../../../shared/problem.ts'
import { isLoopback } from '../../privacy/index.ts'

const tokenForm = /^\d{6,12}:[A-Za-z0-9_-]{30,50}$/u

/** The bot's own number, the part of its token that is no secret. Throws INVALID_INPUT for what is no token. */
export const botIdOf = (token: string): string => {
  const [botId] = token.split(':')
  if (!tokenForm.test(token) || botId === undefined) {
    throw new Problem(
      'INVALID_INPUT',
      'This is not a bot token. Copy the whole line that @BotFather gave you, such as 123456789:AAE followed by about 30 letters and digits.',
    )
  }
  return botId
}

/** The address without a slash at its end. Throws INVALID_INPUT: over a plain connection anybody could read the token. */
export const checkedApiRoot = (apiRoot: string): string => {
  const url = URL.canParse(apiRoot) ? new URL(apiRoot) : null
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    return apiRoot.replace(/\/+$/u, '')
  }
  throw new Problem(
    'INVALID_INPUT',
    'The address of the Telegram server must begin with https://, or lie on this computer.',
  )
}
