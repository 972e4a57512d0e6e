import type { Page } from 'playwright-core';

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Drags files and folders of the disk over a spot of the window, as a file manager does. */
export async function dragOver(page: Page, paths: readonly string[], spot: Spot): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...spot, data });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...spot, data });
  await session.detach();
}

/** The same, and lets go of them. */
export async function drop(page: Page, paths: readonly string[], spot: Spot): Promise<void> {
  await dragOver(page, paths, spot);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...spot, data });
  await session.detach();
}
