import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

// What a packed app must have switched; electron-builder.yml asks for the same.
const wanted: ReadonlyMap<FuseV1Options, FuseState> = new Map([
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
])

/** Names of the fuses of the packed app at `path` that are not as they must be; empty when all are. */
export const wrongFuses = async (path: string): Promise<string[]> => {
  const wire = await getCurrentFuseWire(path)
  return [...wanted].filter(([fuse, state]) => wire[fuse] !== state).map(([fuse]) => FuseV1Options[fuse])
}
