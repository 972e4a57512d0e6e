import { Menu, nativeTheme } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuState } from '../../contract/desktop-menu.ts';
import type { RecentLibrary } from '../../contract/library.ts';
import { menuTemplate } from './menu-template.ts';
import { nothingOpen, type MenuContents } from './menu-contents.ts';

/** The application's menu on screen: it follows the page's state and the list of recent libraries. */
export class ApplicationMenu {
  #contents: MenuContents;

  constructor(contents: Omit<MenuContents, 'state' | 'recent' | 'isEngineRemote'>) {
    this.#contents = { ...contents, state: nothingOpen, recent: [], isEngineRemote: false };
    this.#build();
  }

  /** Enables, disables and marks items in place: a menu that is open stays open. */
  follow(state: MenuState): void {
    this.#contents = { ...this.#contents, state };
    // What the system draws follows the page: title bar, dialogs, this menu.
    nativeTheme.themeSource = state.theme;
    const menu = Menu.getApplicationMenu();
    for (const { id, enabled, checked } of itemsIn(menuTemplate(this.#contents))) {
      const item = id === undefined ? null : menu?.getMenuItemById(id);
      if (!item) continue;
      if (enabled !== undefined) item.enabled = enabled;
      // Of radio items, the others are unmarked by this.
      if (checked === true) item.checked = true;
    }
  }

  setEngineRemote(isEngineRemote: boolean): void {
    this.#contents = { ...this.#contents, isEngineRemote };
    this.#build();
  }

  setRecent(recent: readonly RecentLibrary[]): void {
    this.#contents = { ...this.#contents, recent };
    this.#build();
  }

  #build(): void {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(this.#contents)));
  }
}

function itemsIn(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsIn(item.submenu) : []),
  ]);
}
