import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import type { ShellArguments } from './arguments.ts'

interface LoginParts {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  /** Where Linux desktops look for what they start; not used elsewhere. */
  readonly autostartFolder: string
  readonly executable: string
  readonly args: readonly string[]
}

/** What the console has to be started with to open the same data again; `appFolder` where it is not packed. */
export const loginArguments = (
  appFolder: string | null,
  { dataFolder, isElsewhere, demo }: Pick<ShellArguments, 'dataFolder' | 'isElsewhere' | 'demo'>,
): readonly string[] => [
  ...(appFolder === null ? [] : [appFolder]),
  ...(isElsewhere ? ['--data', dataFolder] : []),
  ...(demo ? ['--demo'] : []),
]

// As the Desktop Entry Specification wants arguments: quoted, and once more escaped as a string of the file.
const quotedForDesktop = (argument: string): string =>
  `"${argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`

const desktopEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=OpenCoach',
    `Exec=${command.map(quotedForDesktop).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')

/** Whether the system starts the console when the coach logs in. Throws where the system does not take it. */
export const createStartAtLogin = ({ app, platform, autostartFolder, executable, args }: LoginParts) => {
  if (platform === 'linux') {
    const file = join(autostartFolder, 'app.opencoach.console.desktop')
    return {
      isOn: (): boolean => existsSync(file),
      set: (isOn: boolean): void => {
        if (!isOn) return rmSync(file, { force: true })
        mkdirSync(autostartFolder, { recursive: true })
        writeFileSync(file, desktopEntry([executable, ...args]))
      },
    }
  }
  const quoted = args.map((argument) => (argument.startsWith('--') ? argument : `"${argument}"`))
  return {
    isOn: (): boolean => app.getLoginItemSettings({ args: quoted }).openAtLogin,
    set: (isOn: boolean): void => app.setLoginItemSettings({ openAtLogin: isOn, args: quoted }),
  }
}
