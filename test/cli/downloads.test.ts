import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { downloads, fetchDownload } from '../../src-main/cli/downloads.ts';
import { electronBinary } from '../../src-main/cli/electron-binary.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const ownModules = join(import.meta.dirname, '../../node_modules');
/** Nothing listens there: what a machine without the internet gets. */
const nowhere = 'http://127.0.0.1:1/';

afterEach(() => vi.unstubAllEnvs());

/** A project with the package as npm ci leaves it; what it needs is found in our own node_modules. */
function projectWith(name: string): string {
  const project = temporaryFolder();
  const source = join(ownModules, name);
  const copied = ['scripts', 'package.json', 'install.js', 'checksums.json'];
  for (const file of copied.filter((each) => existsSync(join(source, each)))) {
    cpSync(join(source, file), join(project, 'node_modules', name, file), { recursive: true });
  }
  symlinkSync(join(ownModules, '.bin'), join(project, 'node_modules/.bin'));
  vi.stubEnv('NODE_PATH', ownModules);
  vi.stubEnv('electron_config_cache', join(project, 'cache'));
  return project;
}

/** Stands for the maker: answers with the file whose name the address contains. */
async function maker(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const file = Object.entries(files).find(([name]) => url.includes(name))?.[1];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const quiet = (): void => undefined;

describe('Electron', () => {
  const zip = Buffer.from(zipSync({ electron: [strToU8('a program'), { attrs: 0o755 << 16 }] }));

  /** The same archive for every platform, whose checksum the package knows or not. */
  function projectWithElectron(knowsArchive: boolean): string {
    const project = projectWith('electron');
    const file = join(project, 'node_modules/electron/checksums.json');
    const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const checksum = createHash('sha256').update(zip).digest('hex');
    const wanted = Object.keys(known).map((name) => [name, checksum]);
    if (knowsArchive) writeFileSync(file, JSON.stringify(Object.fromEntries(wanted)));
    return project;
  }

  it('is there after its own installer downloaded it, and is announced before', async () => {
    const project = projectWithElectron(true);
    vi.stubEnv('ELECTRON_MIRROR', await maker({ 'electron-v': zip }));
    const said: string[] = [];
    expect(await fetchDownload(downloads.electron, project, (line) => said.push(line))).toBeNull();
    expect(said).toEqual([expect.stringMatching(/^Fetching Electron.*GitHub.*110 MB/)]);
    expect(readFileSync(electronBinary(project, {}) ?? '', 'utf8')).toBe('a program');
  });

  it('is refused where it is not what its maker made', async () => {
    const project = projectWithElectron(false);
    vi.stubEnv('ELECTRON_MIRROR', await maker({ 'electron-v': zip }));
    const obstacle = await fetchDownload(downloads.electron, project, quiet);
    expect(obstacle).toMatch(/^Electron could not be fetched from .*GitHub: .*checksum/i);
    expect(downloads.electron.isThere(project)).toBe(false);
  });

  it('cannot be had where its maker is out of reach', async () => {
    const project = projectWithElectron(true);
    vi.stubEnv('ELECTRON_MIRROR', nowhere);
    expect(await fetchDownload(downloads.electron, project, quiet)).toMatch(
      /^Electron could not be fetched from .*GitHub: this machine does not reach it \(/,
    );
  });
});

describe.skipIf(process.platform === 'win32')('TensorFlow for CUDA', () => {
  const gpu = downloads['tfjs-node-gpu'];

  /** A .tar.gz with one file. */
  function archive(path: string): Uint8Array {
    const folder = temporaryFolder();
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), 'a library');
    return execFileSync('tar', ['-cz', '-C', folder, path]);
  }

  it('is there after its own installer got the library and the part for Node', async () => {
    const project = projectWith(gpu.package);
    const address = await maker({
      'GPU-': archive('napi-v8/tfjs_binding.node'),
      libtensorflow: archive('lib/libtensorflow.so.2.9.1'),
    });
    vi.stubEnv('TFJS_NODE_CDN_STORAGE', address);
    vi.stubEnv('npm_config_tfjs_binding_binary_host_mirror', address);
    expect(await fetchDownload(gpu, project, quiet)).toBeNull();
    expect(existsSync(join(project, 'node_modules', gpu.package, 'deps/lib'))).toBe(true);
    expect(gpu.isThere(project)).toBe(true);
  });

  it('cannot be had where Google is out of reach', async () => {
    const project = projectWith(gpu.package);
    vi.stubEnv('TFJS_NODE_CDN_STORAGE', nowhere);
    expect(await fetchDownload(gpu, project, quiet)).toMatch(
      /^TensorFlow for CUDA could not be fetched from .*Google: .*does not reach it \(connect ECONNREFUSED/,
    );
  });
});

describe('a download', () => {
  it('needs its package', async () => {
    expect(await fetchDownload(downloads.electron, temporaryFolder(), quiet)).toBe(
      'Electron needs Negatoscope’s sources, in which “npm ci” without “--omit” brought electron: no package of the app has it',
    );
  });

  it('is not taken for there where the installer ends well and left nothing', async () => {
    const project = temporaryFolder();
    const folder = join(project, 'node_modules/electron');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'install.js'), '');
    expect(await fetchDownload(downloads.electron, project, quiet)).toMatch(/did not say why$/);
  });
});
