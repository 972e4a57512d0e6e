import { describe, expect, it } from 'vitest';
import type { DesktopBridge } from '../../../src-renderer/connection/desktop-bridge.ts';
import { engineHost } from '../../../src-renderer/connection/engine-host.svelte.ts';
import {
  droppedFiles,
  holdsFiles,
  noPathSentence,
} from '../../../src-renderer/connection/dropped-files.ts';

const desktop = { pathOf: ({ name }: File) => `/home/me/${name}` } as DesktopBridge;

/** A drag of these things; a browser gives none while nothing is dragged. */
const dragOf = (dataTransfer: object | null): DragEvent => ({ dataTransfer }) as DragEvent;
const dropOf = (...names: readonly string[]): DragEvent =>
  dragOf({ files: names.map((name) => new File([], name)) });

describe('what is dragged over the window', () => {
  it('is told apart: files and not text', () => {
    expect(holdsFiles(dragOf({ types: ['text/plain', 'Files'] }))).toBe(true);
    expect(holdsFiles(dragOf({ types: ['text/plain', 'text/html'] }))).toBe(false);
    expect(holdsFiles(dragOf(null))).toBe(false);
  });
});

describe('what is dropped', () => {
  it('has paths on the desktop, in the order of the files', () => {
    expect(droppedFiles(dropOf('a.npy', 'b.csv'), desktop)).toEqual({
      name: 'a.npy',
      paths: ['/home/me/a.npy', '/home/me/b.csv'],
    });
  });

  it('has a name only in a browser, which keeps the path to itself', () => {
    expect(droppedFiles(dropOf('a.npy'), null)).toEqual({ name: 'a.npy', paths: null });
    expect(noPathSentence('a.npy')).toContain('“a.npy”');
  });

  it('has no path for an engine on another machine, which is said', () => {
    engineHost.name = 'workstation:4000';
    expect(droppedFiles(dropOf('a.npy'), desktop)).toEqual({ name: 'a.npy', paths: null });
    expect(noPathSentence('a.npy')).toMatch(/workstation:4000.*“a.npy” of this computer/);
    engineHost.name = null;
  });

  it('is nothing where no file is', () => {
    expect(droppedFiles(dropOf(), desktop)).toBeNull();
    expect(droppedFiles(dragOf(null), desktop)).toBeNull();
  });
});
