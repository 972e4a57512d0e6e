import type { Page } from 'playwright-core';
import type { GestureTimes, PageProbe } from '../../renderer/bench/probe-api.ts';
import { withMeasuredApp } from './measured-app.ts';

/** One gesture in milliseconds: the middle and the slowest tenth of its steps. */
export interface GestureFigures {
  readonly work: number;
  readonly workSlowTenth: number;
  readonly frame: number;
  readonly frameSlowTenth: number;
  readonly longestTask: number;
}

/** What the page measured with a library of so many pictures; times in milliseconds. */
export interface UiFigures {
  readonly points: number;
  readonly renderer: string;
  readonly firstPaint: number;
  readonly pan: GestureFigures;
  readonly zoom: GestureFigures;
  readonly hover: GestureFigures;
  readonly lasso: GestureFigures;
  readonly dragRing: GestureFigures;
}

const paints = 3;

/** Measures the app on a library of `points` pictures. */
export function measureUi(pageFolder: string, points: number): Promise<UiFigures> {
  return withMeasuredApp(pageFolder, points, async ({ page, address }) => {
    const firstPaints: number[] = [];
    for (let paint = 0; paint < paints; paint += 1) {
      await page.goto('about:blank');
      await page.goto(address(false));
      firstPaints.push(await probe(page, 'firstPaint()'));
    }
    await page.waitForTimeout(1500);
    const renderer = await probe<string>(page, 'renderer()');
    const map = {
      pan: await gesture(page, 'pan(60)'),
      zoom: await gesture(page, 'zoom(60)'),
      hover: await gesture(page, 'hover(30)'),
      lasso: await gesture(page, 'lasso(8)'),
    };
    await page.goto('about:blank');
    await page.goto(address(true));
    await page.getByRole('slider', { name: /lower cut/ }).waitFor();
    await page.waitForTimeout(1500);
    const dragRing = await gesture(page, 'dragRing(30)');
    return { points, renderer, firstPaint: middle(firstPaints), ...map, dragRing };
  });
}

function probe<T>(page: Page, call: `${keyof PageProbe}(${string})`): Promise<T> {
  return page.evaluate<T>(`globalThis.probe.${call}`);
}

async function gesture(page: Page, call: `${keyof PageProbe}(${string})`): Promise<GestureFigures> {
  const { work, frame, longTasks } = await probe<GestureTimes>(page, call);
  return {
    work: middle(work),
    workSlowTenth: part(work, 0.9),
    frame: middle(frame),
    frameSlowTenth: part(frame, 0.9),
    longestTask: Math.round(Math.max(0, ...longTasks)),
  };
}

function middle(values: readonly number[]): number {
  return part(values, 0.5);
}

function part(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  return Math.round((ascending[Math.floor(share * (ascending.length - 1))] ?? NaN) * 10) / 10;
}
