import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import type { PageContent } from '../renderer/map/page/page-api.ts';
import { themes } from '../renderer/map/page/themes.ts';
import { nextFrames, showOnMap, takeEvents } from './map-page.ts';
import { sharedBrowser } from './shared-browser.ts';

export const size = { width: 600, height: 500 };
export const palette = ['#6b7480', '#ff0000', '#00ff00', '#0000ff'];
export const ground = [0x0d, 0x0f, 0x12];

/** Five pictures; the camera fits them with 56 pixels around, so a unit is 48.8 pixels long. */
export const five: Pick<PageContent, 'points' | 'colours'> = {
  points: {
    ids: Uint32Array.of(11, 22, 33, 44, 55),
    coordinates: Float32Array.of(-5, -3, 5, 3, 0, 0, -5, 3, 5, -3),
  },
  colours: { categories: Uint8Array.of(1, 2, 3, 1, 2), palette },
};
export const scale = (size.width - 2 * 56) / 10;

/** Where a position of the made-up map is on the screen, in CSS pixels. */
export function positionOf(x: number, y: number): { x: number; y: number } {
  return { x: size.width / 2 + x * scale, y: size.height / 2 - y * scale };
}

/** Everything but the pictures as the app has it at first, without thumbnails and motion. */
export const bare: Partial<PageContent> = {
  emphasis: undefined,
  anchor: null,
  edges: [],
  selection: [],
  tool: 'pan',
  theme: themes.dark,
  reducedMotion: true,
  hasThumbnails: false,
  hasContours: false,
};

export function channels(css: string): number[] {
  return [1, 3, 5].map((start) => parseInt(css.slice(start, start + 2), 16));
}

/** How far apart two RGB pixels are, 0 to 442. */
export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, channel) => value - (b[channel] ?? 0)));
}

/** One browser with the map's page for all tests of a file; each test starts with the five. */
export interface MapSession {
  readonly browser: Browser;
  readonly page: Page;
  /** What went wrong in the page since the test began. */
  readonly troubles: readonly string[];
  /** Opens the page in this browser (or another), with a setting before it loads. */
  open(
    browser?: Browser,
    prepare?: (page: Page) => Promise<void>,
    dotsBy?: 'graphics' | 'processor',
  ): Promise<Page>;
}

/** Opens the map's page before the tests of a file and closes it afterwards. */
export function useMapSession(): MapSession {
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  const open: MapSession['open'] = async (within = browser, prepare, dotsBy) => {
    const opened = await within.newPage({ viewport: size });
    opened.on('pageerror', (error) => troubles.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    await prepare?.(opened);
    await opened.goto(`${inject('mapPageAddress')}${dotsBy ? `?dotsBy=${dotsBy}` : ''}`);
    await opened.waitForFunction('globalThis.mapPage');
    return opened;
  };
  beforeAll(async () => {
    browser = await sharedBrowser();
    page = await open();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    await page.mouse.move(2, 2);
    await showOnMap(page, { ...bare, ...five });
    await page.evaluate('globalThis.mapPage.fit()');
    await nextFrames(page);
    await takeEvents(page);
    troubles.length = 0;
  });
  return {
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
    troubles,
    open,
  };
}
