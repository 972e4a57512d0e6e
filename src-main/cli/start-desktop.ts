import { spawn } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './build-app.ts';
import { downloads, fetchDownload } from './downloads.ts';
import { electronBinary } from './electron-binary.ts';

/** A window that was open for this long in milliseconds had not failed to start. */
const startedAfterMs = 5000;

interface DesktopOptions {
  readonly projectFolder: string;
  /** A folder of pictures to scan and show. */
  readonly folder: string | undefined;
  /** Whether Electron's program is downloaded where it is missing. */
  readonly fetchesElectron: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (sentence: string) => void;
}

/** Runs the desktop app until it is closed; returns null, or why it cannot run here. */
export async function startDesktop(options: DesktopOptions): Promise<string | null> {
  const { projectFolder, fetchesElectron, env, say } = options;
  const hasDisplay =
    process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  if (!hasDisplay) return 'there is no display here';
  if (fetchesElectron && electronBinary(projectFolder, env) === null) {
    const obstacle = await fetchDownload(downloads.electron, projectFolder, say);
    if (obstacle !== null) return obstacle;
  }
  const program = electronBinary(projectFolder, env);
  if (program === null) {
    return "Electron's program is not here; “npm start -- --fetch-electron” fetches it once from its maker, about 110 MB";
  }
  await buildAppIfStale(projectFolder, say);
  return await runUntilClosed(program, options);
}

/** Builds what Electron loads and the engine beside it, where one is missing or older than the sources. */
async function buildAppIfStale(
  projectFolder: string,
  say: (sentence: string) => void,
): Promise<void> {
  const built = ['out/main/main.js', 'out/engine/engine-process.js'];
  const builtAt = Math.min(...built.map((file) => modifiedAt(join(projectFolder, file))));
  const isFresh = globSync('src-{main,renderer}/**/*', { cwd: projectFolder }).every(
    (file) => statSync(join(projectFolder, file)).mtimeMs <= builtAt,
  );
  if (isFresh) return;
  say('Building the app; this takes some seconds.');
  await buildApp(projectFolder, 'error');
}

function modifiedAt(file: string): number {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function runUntilClosed(
  program: string,
  { projectFolder, folder, env }: DesktopOptions,
): Promise<string | null> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const args = [projectFolder, ...(folder === undefined ? [] : [folder])];
    const child = spawn(program, args, {
      stdio: 'inherit',
      // The engine is to run on the Node that this runs on.
      env: { ...env, NEGATOSCOPE_NODE: process.execPath },
    });
    child.once('error', (error) => resolve(`Electron does not start (${error.message})`));
    child.once('exit', (code) => {
      const hasFailed = code !== 0 && performance.now() - startedAt < startedAfterMs;
      resolve(hasFailed ? `Electron does not start here (exit code ${code ?? 'unknown'})` : null);
    });
  });
}
