import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

interface MenuActions {
  readonly openRemoteEngine: () => void;
  readonly useOwnEngine: () => void;
  /** Whether the menu has the developer tools. */
  readonly isPackaged: boolean;
}

/** Sets the application's menu. */
export function setMenu(platform: NodeJS.Platform, actions: MenuActions): void {
  const isMac = platform === 'darwin';
  const engine: MenuItemConstructorOptions[] = [
    { label: 'Open Remote Engine from Clipboard…', click: actions.openRemoteEngine },
    { label: 'Use This Computer’s Engine', click: actions.useOwnEngine },
  ];
  const developer: MenuItemConstructorOptions[] = actions.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [...engine, { type: 'separator' }, { role: isMac ? 'close' : 'quit' }],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
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
