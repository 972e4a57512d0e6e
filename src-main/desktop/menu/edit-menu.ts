import type { MenuItemConstructorOptions } from 'electron';
import { takesOrders, type MenuContents } from './menu-contents.ts';

/** The page takes the keys of these items itself, so the menu only shows them. */
export const shownKey = { registerAccelerator: false };

/** Changes to take back, the clipboard, and ways to find something. */
export function editMenu({ actions, state }: MenuContents): MenuItemConstructorOptions[] {
  const { send } = actions;
  return [
    {
      id: 'undo',
      label: 'Undo',
      accelerator: 'CommandOrControl+Z',
      enabled: state.canUndo,
      click: () => send({ kind: 'undo' }),
      ...shownKey,
    },
    {
      id: 'redo',
      label: 'Redo',
      accelerator: 'Shift+CommandOrControl+Z',
      enabled: state.canRedo,
      click: () => send({ kind: 'redo' }),
      ...shownKey,
    },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    { type: 'separator' },
    {
      id: 'find',
      label: 'Find',
      accelerator: 'CommandOrControl+F',
      enabled: takesOrders(state),
      click: () => send({ kind: 'do', action: 'find' }),
    },
    {
      id: 'go-to',
      label: 'Go To…',
      accelerator: 'CommandOrControl+K',
      enabled: takesOrders(state),
      click: () => send({ kind: 'do', action: 'palette' }),
      ...shownKey,
    },
  ];
}
