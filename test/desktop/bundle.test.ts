import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { telemetryFiles } from '../../packaging/check/telemetry-files.ts';
import { strangerEnvironment } from '../../packaging/check/try-commands.ts';
import { unresolvedImports } from '../../packaging/check/unresolved-imports.ts';
import { notPacked, packedPackages } from '../../packaging/native-packages.ts';
import { thirdPartyNotices } from '../../packaging/notices.ts';
import { pinnedNode, stageEngine } from '../../packaging/stage-engine.ts';
import { buildApp } from '../../src-main/cli/build-app.ts';
import { emojiFolder } from '../contract/engine-shells.ts';

const projectFolder = join(import.meta.dirname, '../..');

let folder: string;
let builtFolder: string;

/** Builds as `npm run build` does, into a folder of this test's own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-bundle-'));
  builtFolder = join(folder, 'project/out');
  vi.stubEnv('BUILD_FOLDER', builtFolder);
  await buildApp(projectFolder, 'error');
  vi.unstubAllEnvs();
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'project/node_modules'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function answerOf(program: string, args: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(program, [...args, '--json'], {
    env: strangerEnvironment(join(folder, 'home')),
    encoding: 'utf8',
  });
  expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const bundled = (...args: string[]): unknown =>
  answerOf(process.execPath, [join(builtFolder, 'engine/cli.js'), ...args]);

describe('the build', () => {
  it('holds what Electron loads: main, a CommonJS preload and the page', async () => {
    const preload = await readFile(join(builtFolder, 'preload/preload.cjs'), 'utf8');
    expect(preload).toContain('require("electron")');
    expect(preload.match(/require\(/g)).toHaveLength(1);
    for (const file of ['main/main.js', 'renderer/index.html', 'engine/engine-process.js']) {
      expect(existsSync(join(builtFolder, file))).toBe(true);
    }
    expect(globSync('{main,engine}/**/*.map', { cwd: builtFolder })).toEqual([]);
  });

  it('leaves main nothing to look for in node_modules', () => {
    const node = process.execPath;
    const checked = unresolvedImports({
      ...{ node, allowed: ['electron'] },
      folder: join(builtFolder, 'main'),
    });
    expect(checked.missing).toEqual([]);
    expect(checked.imports).toBeGreaterThan(5);
  });

  it('scans, embeds and lays out a map with its bundled workers', () => {
    expect(bundled('scan', emojiFolder)).toMatchObject({ images: 96 });
    expect(bundled('embed', '--encoder', 'pixels')).toMatchObject({ embedded: 96 });
    expect(bundled('map', '--run', 'pixels')).toMatchObject({ points: 96 });
  });
});

describe('the engine of a package', () => {
  let stageFolder: string;

  beforeAll(async () => {
    stageFolder = join(folder, 'app/resources/engine');
    stageEngine({ projectFolder, builtFolder, stageFolder });
    await writeFile(join(folder, 'app/package.json'), '{"type":"commonjs"}');
  });

  it('finds all that it imports inside, and what may be missing is missed without that leave', () => {
    const [node, options] = [join(stageFolder, 'bin/node'), { folder: stageFolder }];
    const checked = unresolvedImports({ ...options, node, allowed: notPacked });
    expect(checked.missing).toEqual([]);
    expect(checked.files).toBeGreaterThan(100);
    const strict = unresolvedImports({ ...options, node, allowed: [] });
    expect(strict.missing).toContainEqual(expect.stringMatching(/: vite is not found$/));
  });

  it.skipIf(process.platform === 'win32')(
    'embeds with its own model, started through links from another folder',
    async () => {
      const link = join(folder, 'negatoscope');
      await symlink('app/link', link);
      await symlink('resources/engine/bin/negatoscope', join(folder, 'app/link'));
      expect(execFileSync(link, ['--version'], { encoding: 'utf8', cwd: '/' })).toBe('0.1.0\n');
      expect(answerOf(link, ['embed', '--encoder', 'starter'])).toMatchObject({ embedded: 96 });
      expect(telemetryFiles(join(folder, 'home'))).toEqual([]);
    },
  );

  it('holds native code for this platform only, and nothing that only builders read', () => {
    const files = globSync('node_modules/**/*.{node,map,md,cc,h}', { cwd: stageFolder }).filter(
      (file) => !/licen[cs]e/i.test(file),
    );
    const own = `${process.platform}[-/]${process.arch}`;
    expect(files.length).toBeGreaterThanOrEqual(3);
    expect(files.filter((file) => !new RegExp(`${own}.*\\.node$`).test(file))).toEqual([]);
  });
});

describe('the notices of a package', () => {
  it('name every package that the bundles say they contain, and the native ones', () => {
    const electronFolder = join(projectFolder, 'node_modules/electron');
    const nodeFolder = pinnedNode(projectFolder).folder;
    const notices = thirdPartyNotices({ projectFolder, builtFolder, nodeFolder, electronFolder });
    // The bundler writes above each module from which file it is.
    const comments = globSync('{main,engine}/**/*.js', { cwd: builtFolder }).flatMap((file) => [
      ...readFileSync(join(builtFolder, file), 'utf8').matchAll(
        /^\/\/(?:#region)? ?.*?\b(node_modules\/(?:.*\/node_modules\/)?(?:@[^/\n]+\/)?[^/\n]+)\//gm,
      ),
    ]);
    const folders = [
      ...new Set(comments.map(([, name = '']) => name)),
      ...packedPackages(projectFolder).map((name) => `node_modules/${name}`),
    ];
    expect(folders).toContain('node_modules/@tensorflow/tfjs-core');
    expect(folders.length).toBeGreaterThan(30);
    const described = folders.map((each) => {
      const text = readFileSync(join(projectFolder, each, 'package.json'), 'utf8');
      return JSON.parse(text) as { name: string; version: string };
    });
    const missing = described.filter(
      ({ name, version }) => !notices.includes(`\n${name} ${version} (`),
    );
    expect(missing).toEqual([]);
    // What the native libraries contain in turn, as their makers list it.
    for (const part of ['svelte', 'Intel Math Kernel Library', 'librsvg', 'OpenSSL', 'SQLite']) {
      expect(notices).toContain(part);
    }
  });
});
