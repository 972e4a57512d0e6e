import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circles, folderGraph, importGraph, importsWithin } from './import-graph.ts';

const files = importGraph(join(import.meta.dirname, '../../src-renderer'));
const folders = folderGraph(files);

const allowed: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  connection: [],
  widgets: ['formats', 'connection'],
  map: ['formats', 'widgets'],
  app: ['formats', 'connection', 'map'],
  pages: ['formats', 'connection', 'widgets', 'map', 'app'],
  shell: ['formats', 'connection', 'widgets', 'map', 'app', 'pages'],
};

function topOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function pageOf(file: string): string | null {
  return /^pages\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function offending(isForbidden: (file: string, target: string) => boolean): string[] {
  return [...files].flatMap(([file, targets]) =>
    targets
      .filter((target) => isForbidden(file, target))
      .map((target) => `${file} imports ${target}`),
  );
}

describe('the folders of src-renderer', () => {
  it('are read', () => {
    expect(files.size).toBeGreaterThan(200);
    expect(files.get('main.ts')).toContain('App.svelte');
    expect([...new Set([...files.keys()].map(topOf))].sort()).toEqual(
      ['', ...Object.keys(allowed)].sort(),
    );
  });

  it('have no import circle of files', () => {
    expect(circles(files).map((circle) => importsWithin(files, circle))).toEqual([]);
  });

  it('have no import circle of folders', () => {
    expect(circles(folders).map((circle) => importsWithin(folders, circle))).toEqual([]);
  });

  it('import only what lies below them', () => {
    const isAbove = (file: string, target: string): boolean => {
      const [from, to] = [topOf(file), topOf(target)];
      return from !== '' && from !== to && !(allowed[from] ?? []).includes(to);
    };
    expect(offending(isAbove)).toEqual([]);
  });

  it('have pages that do not know each other', () => {
    const isOther = (file: string, target: string): boolean =>
      pageOf(file) !== null && pageOf(target) !== null && pageOf(file) !== pageOf(target);
    expect(offending(isOther)).toEqual([]);
  });
});
