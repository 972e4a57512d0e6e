import type { AppUnderTest } from './app-under-test.ts';

/** Chooses an item of the application's menu by its label, as a click does. */
export async function clickMenu({ electron }: AppUnderTest, label: string): Promise<void> {
  await electron.evaluate(({ Menu, BrowserWindow }, wanted) => {
    interface Item {
      readonly label: string;
      click(event: object, window: unknown, contents: unknown): void;
    }
    const items: readonly Item[] = (Menu.getApplicationMenu()?.items ?? []).flatMap(
      ({ submenu }) => submenu?.items ?? [],
    );
    const item = items.find((one) => one.label === wanted);
    if (!item) throw new Error(`The menu has no item “${wanted}”.`);
    const [window] = BrowserWindow.getAllWindows();
    item.click({}, window, window?.webContents);
  }, label);
}
