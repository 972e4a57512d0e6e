import type { AppUnderTest } from './app-under-test.ts';

/** Chooses an item of the application's menu by its label, as a click does. */
export async function clickMenu({ electron }: AppUnderTest, label: string): Promise<void> {
  await electron.evaluate(({ Menu, BrowserWindow }, wanted) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(
      ({ submenu }) => submenu?.items ?? [],
    );
    const item = items.find((one) => one.label === wanted);
    if (!item) throw new Error(`The menu has no item “${wanted}”.`);
    const [window] = BrowserWindow.getAllWindows();
    // Electron's types call it a Function.
    const click = item.click as (event: object, ...target: unknown[]) => void;
    click({}, window, window?.webContents);
  }, label);
}
