import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildApp } from '../../../src-main/cli/build-app.ts';
import { assembleApp } from './assemble-app.ts';
import { electronHere } from './electron-here.ts';
import { forOrdinaryUser } from './ordinary-user.ts';
import { openVirtualDisplay } from './virtual-display.ts';

const projectFolder = join(import.meta.dirname, '../../..');

declare module 'vitest' {
  interface ProvidedContext {
    /** The app's program, and the X display that it is shown on; null for the system's own. */
    desktopApp: { readonly program: string; readonly display: string | null };
  }
}

/** Builds the app, puts it into a real Electron, and opens a screen for its windows. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const here = electronHere(projectFolder, process.env);
  if ('obstacle' in here) throw new Error(`No window can be tried: ${here.obstacle}.`);
  const folder = await mkdtemp(join(tmpdir(), 'negatoscope-desktop-'));
  await chmod(folder, 0o755);
  process.env.BUILD_FOLDER = join(folder, 'out');
  await buildApp(projectFolder, 'error');
  const assembled = await assembleApp(
    projectFolder,
    join(folder, 'out'),
    here.folder,
    join(folder, 'app'),
  );
  const program = await forOrdinaryUser(assembled);
  const display = process.platform === 'linux' ? await openVirtualDisplay() : null;
  provide('desktopApp', { program, display: display?.name ?? null });
  return async () => {
    await display?.close();
    await rm(folder, { recursive: true, force: true });
  };
}
