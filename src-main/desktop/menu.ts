import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

interface MenuActions {
  /** Shows where the engine runs, and what else could be used. */
  readonly chooseEngine: () => void;
  readonly showPreferences: () => void;
  readonly useOwnEngine: () => void;
  /** The page's own undo, or that of the text field in which someone types. */
  readonly undo: () => void;
  readonly redo: () => void;
  /** Whether the menu has the developer tools. */
  readonly isPackaged: boolean;
}

/** Sets the application's menu. */
export function setMenu(platform: NodeJS.Platform, actions: MenuActions): void {
  const isMac = platform === 'darwin';
  const engine: MenuItemConstructorOptions[] = [
    { label: 'Open Remote Engine…', click: actions.chooseEngine },
    { label: 'Use This Computer’s Engine', click: actions.useOwnEngine },
  ];
  const preferences: MenuItemConstructorOptions = {
    label: 'Preferences…',
    accelerator: 'CommandOrControl+,',
    click: actions.showPreferences,
  };
  const developer: MenuItemConstructorOptions[] = actions.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [macAppMenu(preferences)] : []),
    {
      label: 'File',
      submenu: [
        ...engine,
        { type: 'separator' },
        ...(isMac ? [] : [preferences, { type: 'separator' as const }]),
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { label: 'Edit', submenu: editMenu(actions) },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        // The key of “+” is “=” without Shift on many keyboards.
        { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function macAppMenu(preferences: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      preferences,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

/** The page takes the keys itself, so the menu only shows them. */
function editMenu({ undo, redo }: MenuActions): MenuItemConstructorOptions[] {
  const shown = { registerAccelerator: false };
  return [
    { label: 'Undo', accelerator: 'CommandOrControl+Z', click: undo, ...shown },
    { label: 'Redo', accelerator: 'Shift+CommandOrControl+Z', click: redo, ...shown },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
}
