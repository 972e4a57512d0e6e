import type { LinkedAnchor } from '../../../src-main/contract/anchor-address.ts';
import { fromErrorReport } from '../../../src-main/contract/errors/errors.ts';
import type { DesktopCommand } from '../../../src-main/contract/desktop.ts';
import type { DesktopBridge } from '../../connection/desktop-bridge.ts';
import type { AppState } from '../app-state.svelte.ts';
import { withAnchorLink } from '../links/anchor-link.ts';
import { isTyping } from '../shortcuts/shortcut.ts';
import { redo, undo } from './undo.ts';
import { windowActions } from './window-actions.ts';

type CommandOf<K extends DesktopCommand['kind']> = Extract<DesktopCommand, { readonly kind: K }>;
type OpeningCommand = CommandOf<'open-folder' | 'open-library' | 'open-anchor'>;

/** Does what the desktop shell asks for: what its menu, a second start or a file that was opened wants. */
export class DesktopFollower {
  readonly #app: AppState;
  readonly #desktop: DesktopBridge;
  /** The last opening that was asked for before there was a way to the engine. */
  #waiting: OpeningCommand | null = null;

  constructor(app: AppState, desktop: DesktopBridge) {
    this.#app = app;
    this.#desktop = desktop;
    desktop.onCommand((command) => this.#follow(command));
  }

  /** Opens what waited for the engine, which answers from now on. */
  openWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) this.#open(waiting);
  }

  #follow(command: DesktopCommand): void {
    const app = this.#app;
    switch (command.kind) {
      case 'open-folder':
      case 'open-library':
      case 'open-anchor':
        this.#open(command);
        return;
      case 'tell':
        app.notices.fail(problemOf(command));
        return;
      case 'say':
        app.notices.show(command.sentence);
        return;
      case 'engine-silence':
        app.connection.silence = command.seconds;
        return;
      case 'do':
        windowActions[command.action](app);
        return;
      case 'go':
        app.pages.go(command.page);
        return;
      case 'theme':
        app.theme.choose(command.theme);
        return;
      case 'undo':
      case 'redo':
        this.#change(command.kind);
        return;
    }
  }

  /** A text field takes back what was typed in it. */
  #change(change: 'undo' | 'redo'): void {
    if (isTyping(document.activeElement)) this.#desktop.editText(change);
    else void (change === 'undo' ? undo(this.#app) : redo(this.#app));
  }

  #open(command: OpeningCommand): void {
    if (!this.#app.isReady) {
      this.#waiting = command;
      return;
    }
    this.#app.pages.closeDialogs();
    this.#app.explore.isSelectionOpen = false;
    if (command.kind === 'open-folder') void this.#app.openFolder(command.folder);
    else if (command.kind === 'open-library') void this.#app.openLibraryFile(command.file);
    else void this.#openAnchor(command);
  }

  async #openAnchor({ anchor, library, run }: LinkedAnchor): Promise<void> {
    const app = this.#app;
    const isOpen = (): boolean => app.library.isOpen && isLibrary(app, library);
    if (library !== null && !isOpen()) await app.openLibraryFile(library);
    // Why it could not be opened was told.
    if (isOpen()) await app.openLink(withAnchorLink('', { anchor, run }));
    else if (library === null) app.notices.fail(new Error(noLibrarySentence));
  }
}

const noLibrarySentence =
  'The link names no library, and none is open: open the one that it was copied from, then the link.';

function isLibrary(app: AppState, file: string | null): boolean {
  return file === null || app.library.status?.file === file;
}

/** What the shell tells of the engine has the engine's code; what it tells of itself has none. */
function problemOf({ sentence, code = 'internal' }: DesktopCommand & { kind: 'tell' }): Error {
  return fromErrorReport({ code, message: sentence });
}
