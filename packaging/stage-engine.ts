import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import packageDescription from '../package.json' with { type: 'json' };
import { packedFiles, packedPackages } from './native-packages.ts';

interface Staged {
  readonly projectFolder: string;
  /** Where `npm run build` wrote: `out`. */
  readonly builtFolder: string;
  /** Emptied first. */
  readonly stageFolder: string;
}

const { platform, arch } = process;
const isWindows = platform === 'win32';

/**
 * Fills the folder that becomes `resources/engine` of a package: the bundled engine, the Node that it
 * was tested with, what runs of the native packages on this platform, the page and the starter
 * encoder's model. Works without a network.
 */
export function stageEngine({ projectFolder, builtFolder, stageFolder }: Staged): void {
  rmSync(stageFolder, { recursive: true, force: true });
  cpSync(join(builtFolder, 'engine'), stageFolder, { recursive: true });
  cpSync(join(builtFolder, 'renderer'), join(stageFolder, 'page'), { recursive: true });
  const { name, version, license } = packageDescription;
  // Without it the package.json of any folder above would say what kind of JavaScript this is.
  const own = JSON.stringify({ name, version, license, private: true, type: 'module' }, null, 2);
  writeFileSync(join(stageFolder, 'package.json'), `${own}\n`);
  copyModel(projectFolder, join(stageFolder, 'models'));
  for (const folder of packedPackages(projectFolder)) {
    const from = join(projectFolder, 'node_modules', folder);
    for (const file of packedFiles(from, platform, arch)) {
      copyFile(join(from, file), join(stageFolder, 'node_modules', folder, file));
    }
  }
  stageNode(projectFolder, join(stageFolder, 'bin'));
}

function copyModel(projectFolder: string, to: string): void {
  const human = join(projectFolder, 'node_modules/@vladmandic/human');
  for (const file of ['models/centernet.json', 'models/centernet.bin', 'LICENSE']) {
    copyFile(join(human, file), join(to, file.replace('models/', '')));
  }
}

/** The pinned Node without its symbols, and the command line that runs on it. */
function stageNode(projectFolder: string, bin: string): void {
  const node = join(bin, isWindows ? 'node.exe' : 'node');
  copyFile(pinnedNode(projectFolder).file, node);
  chmodSync(node, 0o755);
  // On a Mac, stripping breaks the signature, without which nothing runs.
  if (platform === 'linux' && spawnSync('strip', ['--strip-unneeded', node]).status === 0) {
    execFileSync(node, ['--version']);
  }
  const command = isWindows ? 'negatoscope.cmd' : 'negatoscope';
  const to = join(bin, command);
  copyFile(join(projectFolder, 'packaging/command', command), to);
  chmodSync(to, 0o755);
}

/**
 * The Node that everything here runs on: the folder of its npm package, and its program.
 * @throws Error where that is not installed
 */
export function pinnedNode(projectFolder: string): { folder: string; file: string } {
  const launched = createRequire(join(projectFolder, 'src-main/launch/launch.cjs'));
  const { findPinnedNode } = launched('./pinned-node.cjs') as {
    findPinnedNode: () => { name: string | null; file: string | null };
  };
  const { name, file } = findPinnedNode();
  if (file !== null) return { folder: join(dirname(file), '..'), file };
  const missing = name === null ? `${platform} on ${arch} has none` : `${name} is not installed`;
  throw new Error(`A package needs a Node to ship, but ${missing}.`);
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}
