import type { DesktopCommand } from '../../contract/desktop.ts';
import type { MenuState } from '../../contract/desktop-menu.ts';
import type { RecentLibrary } from '../../contract/library.ts';

/** What the application's menu does. */
export interface MenuActions {
  readonly useOwnEngine: () => void;
  /** Has the page do something. */
  readonly send: (command: DesktopCommand) => void;
  readonly showGuide: () => void;
  readonly showLicences: () => void;
  readonly showLogs: () => void;
  readonly copyDiagnostics: () => void;
  readonly showAbout: () => void;
}

/** What the application's menu is made of. */
export interface MenuContents {
  readonly actions: MenuActions;
  readonly platform: NodeJS.Platform;
  /** Whether the menu lacks the developer tools. */
  readonly isPackaged: boolean;
  readonly hasGuide: boolean;
  readonly hasLicences: boolean;
  readonly state: MenuState;
  readonly isEngineRemote: boolean;
  /** The libraries that were opened last, the newest first. */
  readonly recent: readonly RecentLibrary[];
}

/** What the page tells before it has told anything. */
export const nothingOpen: MenuState = {
  hasLibrary: false,
  isInDialog: false,
  page: 'library',
  theme: 'system',
  canUndo: false,
  canRedo: false,
};

/** Whether the page takes orders that are about its library. */
export function takesOrders({ hasLibrary, isInDialog }: MenuState): boolean {
  return hasLibrary && !isInDialog;
}
