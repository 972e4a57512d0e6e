import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';

/** The browser that all browser tests share; closing it closes the windows of this file alone. */
export async function sharedBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserAddress'));
}
