import { cp, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

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
  await mkdir(appFolder, { recursive: true });
  await cp(buildFolder, join(appFolder, 'out'), { recursive: true });
  await cp(join(projectFolder, 'package.json'), join(appFolder, 'package.json'));
  await symlink(join(projectFolder, 'node_modules'), join(appFolder, 'node_modules'));
  const engine = join(target, 'resources/engine');
  await cp(join(buildFolder, 'main'), engine, { recursive: true });
  await writeFile(join(engine, 'package.json'), JSON.stringify({ type: 'module' }));
  await symlink(join(projectFolder, 'node_modules'), join(engine, 'node_modules'));
  await mkdir(join(engine, 'bin'));
  await symlink(process.execPath, join(engine, 'bin/node'));
  await symlink(
    join(projectFolder, 'node_modules/@vladmandic/human/models'),
    join(engine, 'models'),
  );
  return program;
}
