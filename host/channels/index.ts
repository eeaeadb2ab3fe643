export * from './channel.ts'
export { keepMemory } from './memory.ts'
export { type ChannelRegistry, createChannelRegistry } from './registry.ts'
export { createTelegramSwitch, type TelegramSwitch } from './telegramSwitch.ts'
