import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specifiersIn } from './import-graph.ts';

const root = join(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(folder: string): Import[] {
  return globSync(`${folder}/**/*.{ts,svelte}`, { cwd: root }).flatMap((file) =>
    specifiersIn(readFileSync(join(root, file), 'utf8')).map((target) => ({
      file,
      target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
    })),
  );
}

function offending(folder: string, isForbidden: (target: string) => boolean): string[] {
  return importsOf(folder)
    .filter(({ target }) => isForbidden(target))
    .map(({ file, target }) => `${file} imports ${target}`);
}

const shells = ['src-main/cli', 'src-main/server', 'src-main/desktop', 'src-main/demo', 'electron'];
const isUnder = (target: string, folders: readonly string[]): boolean =>
  folders.some((folder) => target === folder || target.startsWith(`${folder}/`));

describe('layers', () => {
  it('sees the imports it judges', () => {
    expect(importsOf('src-main/contract').length).toBeGreaterThan(10);
    expect(importsOf('src-main/engine').length).toBeGreaterThan(50);
  });

  it('contract imports zod and itself only', () => {
    const isForbidden = (target: string): boolean =>
      target !== 'zod' && !isUnder(target, ['src-main/contract']);
    expect(offending('src-main/contract', isForbidden)).toEqual([]);
  });

  it('the engine does not know its shells', () => {
    expect(offending('src-main/engine', (target) => isUnder(target, shells))).toEqual([]);
  });

  it.each(['losses', 'networks', 'numeric', 'augmentation'])(
    '%s knows tensors and numbers only',
    (part) => {
      const outside = [
        'src-main/engine/store',
        'src-main/engine/pictures',
        'better-sqlite3',
        'sharp',
      ];
      const isForbidden = (target: string): boolean =>
        isUnder(target, outside) || target.startsWith('node:');
      expect(offending(`src-main/engine/${part}`, isForbidden)).toEqual([]);
    },
  );

  it('the renderer imports the contract and the channel to it only', () => {
    const own = ['src-renderer', 'src-main/contract', 'src-main/rpc'];
    const isForbidden = (target: string): boolean =>
      target.startsWith('node:') || (target.startsWith('src-main/') && !isUnder(target, own));
    expect(offending('src-renderer', isForbidden)).toEqual([]);
  });

  it('Electron appears in the desktop shell only', () => {
    const elsewhere = ['contract', 'engine', 'server', 'cli', 'rpc', 'demo'].map(
      (part) => `src-main/${part}`,
    );
    const isElectron = (target: string): boolean => target === 'electron';
    expect([...elsewhere, 'src-renderer'].flatMap((f) => offending(f, isElectron))).toEqual([]);
  });
});
