import { describe, expect, it } from 'vitest';
import type { DesktopBridge } from '../../../../src-renderer/connection/desktop-bridge.ts';
import { droppedFolder } from '../../../../src-renderer/pages/welcome/dropped-folder.ts';

const desktop = { pathOf: ({ name }: File) => `/home/me/${name}` } as DesktopBridge;

const itemOf = (name: string, isDirectory: boolean) => ({
  kind: 'file',
  webkitGetAsEntry: () => ({ name, isDirectory }),
  getAsFile: () => new File([], name),
});
const text = { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
const dropOf = (...items: readonly object[]): DragEvent =>
  ({ dataTransfer: { items } }) as unknown as DragEvent;

describe('a folder that is dropped', () => {
  it('has its path on the desktop, and only its name in a browser', () => {
    const drop = dropOf(text, itemOf('pictures', true));
    expect(droppedFolder(drop, desktop)).toEqual({ name: 'pictures', path: '/home/me/pictures' });
    expect(droppedFolder(drop, null)).toEqual({ name: 'pictures', path: null });
  });

  it('is no file, no text, and not nothing', () => {
    expect(droppedFolder(dropOf(itemOf('a.png', false)), desktop)).toBeNull();
    expect(droppedFolder(dropOf(text), desktop)).toBeNull();
    expect(droppedFolder(dropOf(), desktop)).toBeNull();
    expect(droppedFolder({ dataTransfer: null } as DragEvent, desktop)).toBeNull();
  });
});
