import { join, resolve } from 'node:path'

/** Where the coach's data lies and how to start; Chromium's own switches are passed over. */
export interface ShellArguments {
  readonly dataFolder: string
  /** Where the window's place is kept: beside data chosen by hand, so that each data folder has its own instance. */
  readonly shellFolder: string
  /** The data folder is not the system's usual place for us. */
  readonly isElsewhere: boolean
  readonly demo: boolean
}

/** Reads `--data DIR`, `--data=DIR` and `--demo`, then OPENCOACH_DATA; `defaultFolder` is the system's place for us. */
export const readArguments = (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  defaultFolder: string,
): ShellArguments => {
  const at = argv.findIndex((argument) => argument === '--data' || argument.startsWith('--data='))
  const given = argv[at]?.includes('=') ? argv[at].slice('--data='.length) : at < 0 ? undefined : argv[at + 1]
  const chosen = given && !given.startsWith('--') ? given : environment.OPENCOACH_DATA
  const demo = argv.includes('--demo')
  if (!chosen) return { dataFolder: join(defaultFolder, 'data'), shellFolder: defaultFolder, isElsewhere: false, demo }
  const dataFolder = resolve(chosen)
  return { dataFolder, shellFolder: join(dataFolder, 'window'), isElsewhere: true, demo }
}
