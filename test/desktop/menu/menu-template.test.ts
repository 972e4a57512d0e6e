import { describe, expect, it } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from '../../../src-main/contract/desktop.ts';
import type { MenuState } from '../../../src-main/contract/desktop-menu.ts';
import { menuTemplate } from '../../../src-main/desktop/menu/menu-template.ts';
import { nothingOpen, type MenuContents } from '../../../src-main/desktop/menu/menu-contents.ts';

const open: MenuState = { ...nothingOpen, hasLibrary: true };

function contentsOf(given: Partial<MenuContents>, sent: DesktopCommand[] = []): MenuContents {
  const none = (): void => undefined;
  return {
    actions: {
      ...{ openRemoteEngine: none, useOwnEngine: none, showGuide: none, showLicences: none },
      ...{ showLogs: none, copyDiagnostics: none, showAbout: none },
      send: (command) => sent.push(command),
    },
    ...{ platform: 'linux', isPackaged: true, hasGuide: true, hasLicences: false },
    ...{ state: nothingOpen, recent: [], isEngineRemote: false },
    ...given,
  };
}

function itemsOf(contents: MenuContents): MenuItemConstructorOptions[] {
  const flat = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  return flat(menuTemplate(contents));
}

const press = (item: MenuItemConstructorOptions | undefined): void =>
  (item?.click as unknown as () => void)();

const platforms = ['linux', 'win32', 'darwin'] as const;

describe('the application’s menu', () => {
  it.each(platforms)('of %s gives no key to two items', (platform) => {
    const keys = itemsOf(contentsOf({ platform, isPackaged: false, state: open }))
      .map(({ accelerator }) => accelerator)
      .filter((key) => key !== undefined);
    expect(keys.length).toBeGreaterThan(4);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(platforms)(
    'of %s registers no key without Ctrl, which would be taken from text',
    (platform) => {
      const plain = itemsOf(contentsOf({ platform, state: open })).filter(
        ({ accelerator }) => accelerator?.length === 1,
      );
      expect(plain.map(({ registerAccelerator }) => registerAccelerator)).toEqual(
        platform === 'darwin' ? [] : Array(6).fill(false),
      );
    },
  );

  it('can be quit, and says what it is, on every platform once', () => {
    for (const platform of platforms) {
      const items = itemsOf(contentsOf({ platform }));
      expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
      expect(items.filter(({ label }) => label === 'About Negatoscope')).toHaveLength(1);
    }
  });

  it('has the developer tools only where it runs from the sources', () => {
    const has = (isPackaged: boolean): boolean =>
      itemsOf(contentsOf({ isPackaged })).some(({ role }) => role === 'toggleDevTools');
    expect([has(true), has(false)]).toEqual([false, true]);
  });

  it('offers nothing about a library while a dialog lies over it', () => {
    const on = (state: MenuState): unknown[] =>
      itemsOf(contentsOf({ state }))
        .filter(({ id, enabled }) => id !== undefined && enabled === true)
        .map(({ id }) => id);
    expect(on(open)).toContain('export');
    expect(on({ ...open, isInDialog: true })).toEqual([]);
  });

  it('offers this computer’s engine only while another one is used', () => {
    const offers = (isEngineRemote: boolean): unknown =>
      itemsOf(contentsOf({ isEngineRemote })).find(({ id }) => id === 'use-own-engine')?.enabled;
    expect([offers(false), offers(true)]).toEqual([false, true]);
  });

  it('opens a recent library, told apart by its file where names are the same', () => {
    const sent: DesktopCommand[] = [];
    const recent = ['/a/cats.sqlite', '/b/cats.sqlite', '/c/R&D.sqlite'].map((file) => ({
      ...{ file, openedAt: 0, name: file.includes('cats') ? 'cats' : 'R&D' },
    }));
    const items = itemsOf(contentsOf({ recent }, sent));
    const shown = items.find(({ id }) => id === 'open-recent')?.submenu;
    const labels = (shown as MenuItemConstructorOptions[]).map(({ label }) => label);
    expect(labels).toEqual(['cats – /a/cats.sqlite', 'cats – /b/cats.sqlite', 'R&&D']);
    press(items.find(({ label }) => label === 'cats – /b/cats.sqlite'));
    expect(sent).toEqual([{ kind: 'open-library', file: '/b/cats.sqlite' }]);
  });

  it('names an ampersand on a Mac as it is', () => {
    const recent = [{ file: '/c/R&D.sqlite', name: 'R&D', openedAt: 0 }];
    const items = itemsOf(contentsOf({ recent, platform: 'darwin' }));
    expect(items.some(({ label }) => label === 'R&D')).toBe(true);
  });
});
