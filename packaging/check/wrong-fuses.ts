import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** What Electron's program of a package must allow and refuse; by the same names in electron-builder.yml. */
const wanted: readonly (readonly [fuse: FuseV1Options, isOn: boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, false],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];

/** How the wire writes a fuse. */
const burned = { on: '1'.charCodeAt(0), off: '0'.charCodeAt(0) };

/** Reads the fuses of Electron's program, and names those that are not as a package must have them. */
export async function wrongFuses(program: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(program);
  return wanted
    .filter(([fuse, isOn]) => Number(wire[fuse]) !== (isOn ? burned.on : burned.off))
    .map(([fuse]) => FuseV1Options[fuse]);
}
