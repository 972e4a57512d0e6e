import { app, Menu } from 'electron';
import type { DesktopCommand } from '../../contract/desktop.ts';
import type { RecentLibrary } from '../../contract/library.ts';
import { jumpListOf, mostShown } from './jump-list.ts';
import { libraryLabels } from './recent-labels.ts';

/** Shows the recent libraries where the system has a place for them: a Mac's dock, Windows' task bar. */
export function showRecentInSystem(
  recent: readonly RecentLibrary[],
  send: (command: DesktopCommand) => void,
): void {
  if (process.platform === 'win32') app.setJumpList(jumpListOf(recent, process.execPath));
  if (process.platform !== 'darwin') return;
  const labels = libraryLabels(recent, 'darwin');
  const items = recent.slice(0, mostShown).map(({ file }, index) => ({
    label: labels[index] ?? file,
    click: () => send({ kind: 'open-library', file }),
  }));
  app.dock?.setMenu(Menu.buildFromTemplate(items));
}

/** Tells the system that a library of this machine was opened, for its own list of recent documents. */
export function noteOpened(file: string): void {
  if (process.platform === 'darwin' || process.platform === 'win32') app.addRecentDocument(file);
}
