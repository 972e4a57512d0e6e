import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { stageEngine } from '../../../packaging/stage-engine.ts';

/**
 * Puts the built app into a copy of Electron, as a package has it, but that a test can look into main;
 * returns the program's path.
 */
export async function assembleApp(
  projectFolder: string,
  buildFolder: string,
  electronFolder: string,
  target: string,
): Promise<string> {
  await cp(electronFolder, target, { recursive: true });
  const program = join(target, 'negatoscope');
  await rename(join(target, 'electron'), program);
  await flipFuses(program, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const appFolder = join(target, 'resources/app');
  for (const part of ['main', 'preload', 'renderer']) {
    await cp(join(buildFolder, part), join(appFolder, 'out', part), { recursive: true });
  }
  await cp(join(projectFolder, 'package.json'), join(appFolder, 'package.json'));
  await cp(join(projectFolder, 'resources/icons/256x256.png'), join(target, 'resources/icon.png'));
  const stageFolder = join(target, 'resources/engine');
  stageEngine({ projectFolder, builtFolder: buildFolder, stageFolder });
  return program;
}
