import type { MenuItemConstructorOptions } from 'electron';
import { plainKey } from './plain-key.ts';
import type { MenuContents } from './menu-contents.ts';

/** The guide, the keys, what a report of a fault needs, and what this is. Nothing of it asks the network. */
export function helpMenu(contents: MenuContents): MenuItemConstructorOptions[] {
  const { actions, platform, state } = contents;
  return [
    { label: 'Guide', enabled: contents.hasGuide, click: actions.showGuide },
    {
      id: 'shortcuts',
      label: 'Keyboard Shortcuts',
      enabled: !state.isInDialog,
      click: () => actions.send({ kind: 'do', action: 'shortcut-sheet' }),
      ...plainKey('?', platform),
    },
    { type: 'separator' },
    { label: 'Show Logs', click: actions.showLogs },
    { label: 'Copy Diagnostics', click: actions.copyDiagnostics },
    { type: 'separator' },
    { label: 'Licences', enabled: contents.hasLicences, click: actions.showLicences },
    // A Mac has it in the menu of the app's name.
    ...(platform === 'darwin' ? [] : [aboutItem(contents)]),
  ];
}

/** Says which versions this is made of. */
export function aboutItem({ actions }: MenuContents): MenuItemConstructorOptions {
  return { label: 'About Negatoscope', click: actions.showAbout };
}
