import { shownKey } from './edit-menu.ts';

/**
 * Shows a key without Ctrl, which the page takes itself. A Mac's menu takes every key that it shows, and
 * would take this one from text fields: there it is not shown.
 */
export function plainKey(
  key: string,
  platform: NodeJS.Platform,
): { accelerator?: string; registerAccelerator?: boolean } {
  return platform === 'darwin' ? {} : { accelerator: key, ...shownKey };
}
