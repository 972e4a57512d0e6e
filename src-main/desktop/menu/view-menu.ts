import type { MenuItemConstructorOptions } from 'electron';
import { themeChoices, type ThemeChoice } from '../../contract/desktop-menu.ts';
import { pageNames, pageTitles } from '../../contract/pages.ts';
import { plainKey } from './plain-key.ts';
import { takesOrders, type MenuContents } from './menu-contents.ts';

const themeLabels: Readonly<Record<ThemeChoice, string>> = {
  light: 'Light',
  dark: 'Dark',
  system: 'As the System',
};

/** The pages, the zoom and the theme. */
export function viewMenu(contents: MenuContents): MenuItemConstructorOptions[] {
  return [
    ...pageItems(contents),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // The key of “+” is “=” without Shift on many keyboards.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut' },
    { type: 'separator' },
    { label: 'Theme', submenu: themeItems(contents) },
    { type: 'separator' },
    { role: 'reload' },
    ...(contents.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
}

function pageItems({ actions, platform, state }: MenuContents): MenuItemConstructorOptions[] {
  return pageNames.map((page, index) => ({
    id: `page-${page}`,
    label: pageTitles[page],
    type: 'radio',
    checked: state.page === page,
    enabled: takesOrders(state),
    click: () => actions.send({ kind: 'go', page }),
    ...plainKey(String(index + 1), platform),
  }));
}

function themeItems({ actions, state }: MenuContents): MenuItemConstructorOptions[] {
  return themeChoices.map((theme) => ({
    id: `theme-${theme}`,
    label: themeLabels[theme],
    type: 'radio',
    checked: state.theme === theme,
    click: () => actions.send({ kind: 'theme', theme }),
  }));
}
