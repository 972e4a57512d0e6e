import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circles, folderGraph, importGraph, importsWithin } from './import-graph.ts';

const root = join(import.meta.dirname, '../../src-main');
const files = importGraph(root);
const folders = folderGraph(files);

describe('the folders of src-main, sub-folders counted as folders of their own', () => {
  it('are read', () => {
    expect(files.size).toBeGreaterThan(500);
    expect(files.get('engine/engine.ts')).toContain('engine/session/open-libraries.ts');
    expect(folders.get('engine/training')).toContain('engine/training/step');
  });

  it('have no import circle of files', () => {
    expect(circles(files).map((circle) => importsWithin(files, circle))).toEqual([]);
  });

  it('have no import circle of folders', () => {
    expect(circles(folders).map((circle) => importsWithin(folders, circle))).toEqual([]);
  });

  it('hold the threads that a thread is started on: no folder starts one of another', () => {
    const starts = [...files.keys()].flatMap(startedThreads);
    expect(starts.length).toBeGreaterThan(4);
    const foreign = starts.filter(
      ({ file, entry }) => folderOf(file) !== folderOf(`engine/${entry}`),
    );
    // A job's thread runs code of every folder; the one that puts the parts together names it.
    expect(foreign).toEqual([
      { file: 'engine/session/library-session.ts', entry: 'job-worker/job.worker' },
    ]);
  });
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function startedThreads(file: string): { file: string; entry: string }[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/workerEntry\('([^']+)'\)/g)].map((match) => ({
    file,
    entry: match[1]!,
  }));
}
