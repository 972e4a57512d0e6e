import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { electronBinary } from './electron-binary.ts';

const timeoutMs = 3_600_000;
/**
 * The most output of an installer that is read; it includes a compiler's where the installer compiles.
 */
const outputBytes = 2 ** 26;

/**
 * A program that an npm package leaves for its own installer to download; the installer runs only on
 * request.
 */
interface Download {
  readonly package: string;
  readonly name: string;
  readonly use: string;
  readonly from: string;
  readonly size: string;
  readonly installer: readonly [file: string, ...args: string[]];
  readonly isThere: (projectFolder: string) => boolean;
}

/** Everything that can be downloaded, by its name on the command line. */
export const downloads = {
  electron: {
    package: 'electron',
    name: 'Electron',
    use: "the desktop app's frame",
    from: "its maker's releases on GitHub",
    size: 'about 110 MB',
    installer: ['install.js'],
    isThere: (projectFolder) => electronBinary(projectFolder, {}) !== null,
  },
  'tfjs-node-gpu': {
    package: '@tensorflow/tfjs-node-gpu',
    name: 'TensorFlow for CUDA',
    use: 'to train on an NVIDIA card',
    from: "its maker's storage at Google",
    size: 'several hundred MB',
    installer: ['scripts/install.js', 'gpu', 'download'],
    isThere: (projectFolder) =>
      globSync('node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v*/tfjs_binding.node', {
        cwd: projectFolder,
      }).length > 0,
  },
} as const satisfies Readonly<Record<string, Download>>;

/** Runs the package's own installer and says what it downloads; returns null, or why it failed. */
export async function fetchDownload(
  download: Download,
  projectFolder: string,
  say: (sentence: string) => void,
): Promise<string | null> {
  const folder = join(projectFolder, 'node_modules', download.package);
  const [file, ...args] = download.installer;
  if (!existsSync(join(folder, file))) {
    return `${download.name} needs Negatoscope’s sources, in which “npm ci” without “--omit” brought ${download.package}: no package of the app has it`;
  }
  say(
    `Fetching ${download.name}, ${download.use}, from ${download.from}: ${download.size}, once; it can take minutes.`,
  );
  const output = await outputOfFailed(join(folder, file), args, folder, projectFolder);
  if (output === null && download.isThere(projectFolder)) return null;
  return `${download.name} could not be fetched from ${download.from}: ${reasonIn(output ?? '')}`;
}

/** Null where the program succeeds, else its output. */
function outputOfFailed(
  program: string,
  args: readonly string[],
  folder: string,
  projectFolder: string,
): Promise<string | null> {
  // tfjs-node-gpu's installer calls node-pre-gyp and node by name.
  const tools = [join(projectFolder, 'node_modules/.bin'), dirname(process.execPath)];
  const path = [...tools, process.env.PATH].join(delimiter);
  const options = {
    cwd: folder,
    timeout: timeoutMs,
    maxBuffer: outputBytes,
    env: { ...process.env, PATH: path },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      resolve(error === null ? null : `${stdout}\n${stderr}`);
    });
  });
}

/**
 * The line of some output that names the error, of a stack trace for example; a missing network is
 * described in words.
 */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const named = lines.find((line) => /\berror\b.*: |^\w*Error: /i.test(line));
  const reason = (named ?? lines.findLast((line) => line !== '') ?? 'its installer did not say why')
    .replace(/^\w*Error: /, '')
    .replace(/\.$/, '');
  const isOffline = /fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ENETUNREACH|ETIMEDOUT/.test(reason);
  return isOffline ? `this machine does not reach it (${reason})` : reason;
}
