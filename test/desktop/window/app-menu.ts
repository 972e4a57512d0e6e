import type { ElectronApplication } from 'playwright-core';
import { expect } from 'vitest';

/** An item of the real menu, as the system is told it. */
export interface ShownItem {
  readonly label: string;
  readonly isOn: boolean;
  readonly isMarked: boolean;
  readonly accelerator: string;
  readonly items: readonly ShownItem[];
}

/** The items of one of the menus, such as "File", without its lines. */
export async function menuItems(
  electron: ElectronApplication,
  name: string,
): Promise<readonly ShownItem[]> {
  const menus = await electron.evaluate(({ Menu }) => {
    const shown = (menu: Electron.Menu | null | undefined): unknown[] =>
      (menu?.items ?? [])
        .filter(({ type, visible }) => type !== 'separator' && visible)
        .map((item) => ({
          label: item.label.replace('&', ''),
          isOn: item.enabled,
          isMarked: item.checked,
          accelerator: item.accelerator ?? '',
          items: shown(item.submenu),
        }));
    return shown(Menu.getApplicationMenu());
  });
  const found = (menus as ShownItem[]).find(({ label }) => label === name);
  if (!found) throw new Error(`There is no menu ${name}.`);
  return found.items;
}

/** The names of the items of a menu that can be chosen now. */
export async function offered(electron: ElectronApplication, name: string): Promise<string[]> {
  return (await menuItems(electron, name)).filter(({ isOn }) => isOn).map(({ label }) => label);
}

/** Chooses an item by its way, such as "View", "Explore", once it can be chosen. */
export async function choose(
  electron: ElectronApplication,
  ...way: readonly string[]
): Promise<void> {
  await expect.poll(() => chooseNow(electron, way), { message: way.join(' > ') }).toBe(true);
}

/** Chooses an item as a person would; false where it is disabled. */
function chooseNow(electron: ElectronApplication, way: readonly string[]): Promise<boolean> {
  return electron.evaluate(({ Menu, BrowserWindow }, labels) => {
    let menu = Menu.getApplicationMenu();
    let item: Electron.MenuItem | undefined;
    for (const label of labels) {
      item = menu?.items.find((one) => one.label.replace('&', '') === label);
      menu = item?.submenu ?? null;
    }
    if (!item?.enabled) return false;
    const [window] = BrowserWindow.getAllWindows();
    (item.click as (event: object, window?: object, contents?: object) => void)(
      {},
      window,
      window?.webContents,
    );
    return true;
  }, way);
}
