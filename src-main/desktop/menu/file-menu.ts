import type { MenuItemConstructorOptions } from 'electron';
import { takesOrders, type MenuContents } from './menu-contents.ts';
import { libraryLabels } from './recent-labels.ts';

/** Opens folders, libraries and engines, and what goes into or out of the library. */
export function fileMenu(contents: MenuContents): MenuItemConstructorOptions[] {
  const { actions, platform, state } = contents;
  const { send } = actions;
  const isFree = !state.isInDialog;
  return [
    {
      id: 'open-folder',
      label: 'Open Folder…',
      accelerator: 'CommandOrControl+O',
      enabled: isFree,
      click: () => send({ kind: 'do', action: 'choose-folder' }),
    },
    {
      id: 'open-library',
      label: 'Open Library…',
      accelerator: 'Shift+CommandOrControl+O',
      enabled: isFree,
      click: () => send({ kind: 'do', action: 'choose-library' }),
    },
    { id: 'open-recent', label: 'Open Recent', submenu: recentMenu(contents) },
    { type: 'separator' },
    {
      id: 'import',
      label: 'Import Embeddings…',
      enabled: takesOrders(state),
      click: () => send({ kind: 'do', action: 'import' }),
    },
    {
      id: 'export',
      label: 'Export…',
      enabled: takesOrders(state),
      click: () => send({ kind: 'do', action: 'export' }),
    },
    { type: 'separator' },
    {
      id: 'choose-engine',
      label: 'Open Remote Engine…',
      enabled: isFree,
      click: () => send({ kind: 'do', action: 'choose-engine' }),
    },
    {
      id: 'use-own-engine',
      label: 'Use This Computer’s Engine',
      enabled: contents.isEngineRemote,
      click: actions.useOwnEngine,
    },
    { type: 'separator' },
    ...(platform === 'darwin' ? [] : [preferencesItem(contents), separator]),
    { role: platform === 'darwin' ? 'close' : 'quit' },
  ];
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** Opens the preferences; a Mac has it in the menu of the app. */
export function preferencesItem({ actions, state }: MenuContents): MenuItemConstructorOptions {
  return {
    id: 'preferences',
    label: 'Preferences…',
    accelerator: 'CommandOrControl+,',
    enabled: !state.isInDialog,
    click: () => actions.send({ kind: 'do', action: 'preferences' }),
  };
}

function recentMenu({ actions, platform, recent }: MenuContents): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: 'No library was opened yet', enabled: false }];
  const labels = libraryLabels(recent, platform);
  return recent.map(({ file }, index) => ({
    label: labels[index] ?? file,
    click: () => actions.send({ kind: 'open-library', file }),
  }));
}
