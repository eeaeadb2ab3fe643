import { host } from '../../transport/console.ts'

type Update = Parameters<typeof host.settings.update>[0]

export type Settings = Awaited<ReturnType<typeof host.settings.get>>

/** Saves changed settings; rejects where the host refuses them. */
export const saveSettings = (changes: Update) => host.settings.update(changes)
