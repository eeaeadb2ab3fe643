import { useAction } from '../../app/action.ts'
import { host } from '../../transport/console.ts'

type Update = Parameters<typeof host.settings.update>[0]

export type Settings = Awaited<ReturnType<typeof host.settings.get>>

/** Saves changed settings; `save` rejects, `update` tells the coach by itself. */
export const useSettingsUpdate = () => {
  const save = (changes: Update) => host.settings.update(changes)
  const action = useAction(save)
  return { save, update: (changes: Update) => void action.run(changes) }
}
