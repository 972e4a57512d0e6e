import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { notPacked } from '../native-packages.ts';
import { telemetryFiles } from './telemetry-files.ts';
import { tryCommands } from './try-commands.ts';
import { tryServe } from './try-serve.ts';
import { tryWindow, windowObstacle } from './try-window.ts';
import { unresolvedImports } from './unresolved-imports.ts';
import { wrongFuses } from './wrong-fuses.ts';

interface CheckOptions {
  /** The folder of the unpacked app, as electron-builder wrote it. */
  readonly unpacked: string;
  /** A folder of pictures to work on. */
  readonly pictures: string;
  readonly say: (sentence: string) => void;
}

/**
 * Copies an unpacked app to a folder away from this project, whose own package.json says that all is
 * CommonJS, and runs what is packed there, by another user's home.
 * @throws Error saying what does not work there
 */
export async function checkPackage({ unpacked, pictures, say }: CheckOptions): Promise<void> {
  const elsewhere = mkdtempSync(join(tmpdir(), 'negatoscope package '));
  try {
    writeFileSync(join(elsewhere, 'package.json'), '{"type":"commonjs"}');
    const app = join(elsewhere, 'app');
    cpSync(unpacked, app, { recursive: true, verbatimSymlinks: true });
    const resources = resourcesFolder(app);
    const engine = join(resources, 'engine');
    const isWindows = process.platform === 'win32';
    const node = join(engine, 'bin', isWindows ? 'node.exe' : 'node');
    checkImports('The engine', engine, node, notPacked, say);
    const shell = join(elsewhere, 'asar');
    extractAll(join(resources, 'app.asar'), shell);
    checkImports('Electron’s part', join(shell, 'out'), node, ['electron'], say);
    const fuses = await wrongFuses(electronProgram(app));
    if (fuses.length > 0) throw new Error(`Fuses of the package are wrong: ${fuses.join(', ')}.`);
    const command = join(engine, 'bin', isWindows ? 'negatoscope.cmd' : 'negatoscope');
    const home = join(elsewhere, 'home');
    mkdirSync(home);
    const tried = { command, pictures, home };
    say(`${tryCommands(tried)} commands work away from the project.`);
    await tryServe(tried);
    say('serve answers: page, script, picture, WebSocket.');
    checkNoTelemetry(home);
    const obstacle = windowObstacle();
    if (obstacle === null) {
      const program = {
        command: join(app, 'negatoscope'),
        pictures,
        home: join(elsewhere, 'user'),
      };
      await tryWindow(program, globSync('**/*.png', { cwd: pictures }).length);
      checkNoTelemetry(program.home);
    }
    say(obstacle === null ? 'The window shows the pictures.' : `No window was tried: ${obstacle}.`);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** @throws Error where ONNX Runtime keeps what it sends to its maker in this home */
function checkNoTelemetry(home: string): void {
  const [kept] = telemetryFiles(home);
  if (kept !== undefined) throw new Error(`ONNX Runtime’s telemetry is on: it wrote ${kept}.`);
}

function electronProgram(app: string): string {
  if (process.platform === 'darwin') return join(app, 'Negatoscope.app/Contents/MacOS/Negatoscope');
  return join(app, process.platform === 'win32' ? 'Negatoscope.exe' : 'negatoscope');
}

/** Where Electron has its resources; on a Mac within the bundle. */
function resourcesFolder(app: string): string {
  const ofMac = join(app, 'Negatoscope.app/Contents/Resources');
  return existsSync(ofMac) ? ofMac : join(app, 'resources');
}

function checkImports(
  part: string,
  folder: string,
  node: string,
  allowed: readonly string[],
  say: (sentence: string) => void,
): void {
  const { imports, files, missing } = unresolvedImports({ folder, node, allowed });
  if (missing.length > 0) throw new Error([`${part} misses modules:`, ...missing].join('\n'));
  say(`${part}: ${imports} imports of ${files} files lead to files of the package.`);
}
