export { createLinking, type Linking } from './linking.ts'
export { forgetCoach, telegramLinks } from './links.ts'
export { createTelegramChannel } from './telegramChannel.ts'
export { testTelegramToken } from './testToken.ts'
