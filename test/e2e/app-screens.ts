import type { Page } from 'playwright-core';

/** A page, panel or dialog of the app, and the way to it from a page of the app without dialogs. */
export interface AppScreen {
  readonly name: string;
  show(page: Page): Promise<void>;
  /** Leaves what lies over the page; nothing does if left out. */
  leave?(page: Page): Promise<void>;
}

const pageOf = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

/** Goes to one of the pages that the rail names. */
export async function goTo(page: Page, name: string): Promise<void> {
  await pageOf(page).getByText(name).click();
  await page.getByRole('main', { name: name.toLowerCase() }).waitFor();
}
