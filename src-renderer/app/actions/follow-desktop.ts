import type { DesktopCommand } from '../../../src-main/contract/desktop.ts';
import type { DesktopBridge } from '../../connection/desktop-bridge.ts';
import type { AppState } from '../app-state.svelte.ts';
import { isTyping } from '../shortcuts/shortcut.ts';
import { redo, undo } from './undo.ts';

/** Does what the desktop shell asks for: what its menu, a second start or a file that was opened wants. */
export function followDesktop(app: AppState, desktop: DesktopBridge): void {
  void desktop.engineHost().then((host) => (app.engineHost = host));
  desktop.onCommand((command) => follow(app, desktop, command));
}

function follow(app: AppState, desktop: DesktopBridge, command: DesktopCommand): void {
  switch (command.kind) {
    case 'open-folder':
      return void app.openFolder(command.folder);
    case 'open-library':
      return void app.openLibraryFile(command.file);
    case 'tell':
      app.notices.fail(new Error(command.sentence));
      return;
    case 'engine-silence':
      app.connection.silence = command.seconds;
      return;
    case 'show-page':
      app.pages.go(command.page);
      return;
    case 'choose-engine':
      app.pages.isChoosingEngine = true;
      return;
    case 'show-preferences':
      app.pages.isShowingPreferences = true;
      return;
    case 'undo':
    case 'redo':
      // A text field takes back what was typed in it.
      if (isTyping(document.activeElement)) desktop.editText(command.kind);
      else void (command.kind === 'undo' ? undo(app) : redo(app));
      return;
  }
}
