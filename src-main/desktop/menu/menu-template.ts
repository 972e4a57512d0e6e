import type { MenuItemConstructorOptions } from 'electron';
import { editMenu } from './edit-menu.ts';
import { fileMenu, preferencesItem } from './file-menu.ts';
import { aboutItem, helpMenu } from './help-menu.ts';
import type { MenuContents } from './menu-contents.ts';
import { viewMenu } from './view-menu.ts';

/** The application's menu, as the platform has it. What makes no sense now is disabled. */
export function menuTemplate(contents: MenuContents): MenuItemConstructorOptions[] {
  const isMac = contents.platform === 'darwin';
  // Alt and the letter after “&” opens a menu by the keyboard; a Mac has no such keys.
  const named = (label: string): string => (isMac ? label : `&${label}`);
  return [
    ...(isMac ? [{ label: 'Negatoscope', submenu: macAppMenu(contents) }] : []),
    { label: named('File'), submenu: fileMenu(contents) },
    { label: named('Edit'), submenu: editMenu(contents) },
    { label: named('View'), submenu: viewMenu(contents) },
    { role: 'windowMenu', label: named('Window') },
    { role: 'help', label: named('Help'), submenu: helpMenu(contents) },
  ];
}

function macAppMenu(contents: MenuContents): MenuItemConstructorOptions[] {
  return [
    aboutItem(contents),
    { type: 'separator' },
    preferencesItem(contents),
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { role: 'quit' },
  ];
}
