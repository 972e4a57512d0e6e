import { afterEach, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine }) => {
    const training = { epochs: 1, batch: 32, size: 16, device: 'cpu', ledgerSize: 8, seed: 2 };
    const named = { ...training, name: 'short', objective: 'simclr' };
    expect(await runToState(engine, 'train', named)).toMatchObject({ state: 'done' });
    await runToState(engine, 'map', { run: 'short', seed: 1 });
  },
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

/** The similarities between which the ring is shaded. */
async function shaded(): Promise<{ readonly from: number; readonly to: number }> {
  const section = session.page.getByRole('region', { name: 'Similarity of all candidates' });
  const min = Number((await section.locator('p > span').first().textContent())!.replace('−', '-'));
  const ring = section.locator('.ring-zone');
  const number = async (name: string): Promise<number> => Number(await ring.getAttribute(name));
  const width = Number(await section.locator('svg').getAttribute('width'));
  const at = (x: number): number => min + (x / width) * (1 - min);
  const x = await number('x');
  return { from: at(x), to: at(x + (await number('width'))) };
}

it('of one batch is shaded where the bins have it, before and after a cut is dragged', async () => {
  const { page, engine } = session;
  const { hashes } = await engine.call('library.samples', {});
  const anchor = hashes[0]!;
  await page.getByRole('button', { name: /^short/ }).waitFor();
  await page.evaluate(`location.hash = '#anchor=${anchor}&run=1'`);
  await page.getByRole('radio', { name: 'One batch' }).check({ force: true });
  await page.getByText('The batch in which the training had it last').waitFor();
  /** The ranks of the pictures that are shaded, and of those in the zone of the ring. */
  const counts = async (ringOuter?: number, ringInner?: number) => {
    const knobs = ringOuter === undefined ? {} : { ringOuter, ringInner };
    const asked = { run: 'short', anchor, trainedBatch: true, ...knobs };
    const { similarity, zone } = await engine.call('anchor.negatives', asked);
    const { from, to } = await shaded();
    const isShaded = (index: number): boolean =>
      (similarity[index] ?? 0) > from && (similarity[index] ?? 0) < to;
    const ranks = [...similarity.keys()];
    return {
      shaded: ranks.filter(isShaded).join(),
      ring: ranks.filter((index) => zone[index] === 1).join(),
    };
  };
  const before = await counts();
  expect(before.ring).not.toBe('');
  expect(before.shaded).toBe(before.ring);
  const lower = page.getByRole('slider', { name: /lower cut/ });
  const box = (await lower.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const [w, v] = [lower, page.getByRole('slider', { name: /upper cut/ })];
  const fraction = async (handle: typeof w): Promise<number> =>
    1 - Number(await handle.getAttribute('aria-valuenow')) / 100;
  await expect
    .poll(async () => {
      const [outer, inner] = [await fraction(w), await fraction(v)];
      const after = await counts(outer, inner / outer);
      return after.shaded.length > before.shaded.length && after.shaded === after.ring;
    })
    .toBe(true);
  const moved = (await lower.boundingBox())!;
  expect(Math.abs(moved.x - (box.x - 60))).toBeLessThan(20);
});
