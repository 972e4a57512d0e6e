import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { binIndex } from '../../src-main/contract/bins.ts';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'two trainings',
  prepare: ({ engine }) => runToState(engine, 'embed', { encoder: 'pixels', name: 'pixels' }),
});

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

function region(name: string | RegExp): Locator {
  return session.page.getByRole('region', { name });
}

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  await button('Compare').waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('Compare', () => {
  it('measures two trainings at a press and lays their maps side by side', async () => {
    const { page, engine } = session;
    await page.keyboard.press('5');
    await page.getByRole('tab', { name: 'Side by side' }).click();
    await button('Compare these two').click();
    await region('Map of simclr').waitFor({ timeout: 120_000 });
    await region('Map of ring').waitFor();
    const [result] = [
      await engine.call('comparison.withMaps', { a: { run: 'simclr' }, b: { run: 'ring' } }),
    ];
    const { mean, low, high } = result!.comparison.neighbourOverlap;
    const shown = page.getByRole('row', { name: /overlap of 15 neighbours/ });
    const text = await shown.textContent();
    for (const value of [mean, low, high]) expect(text).toContain(value.toFixed(3));
    const residual = result!.maps!.residual.toFixed(2);
    await page.getByText(`residual ${residual}`).waitFor();
  });

  it('links hover and lasso: what is outlined on the left is selected on both', async () => {
    const { page } = session;
    await page.keyboard.press('l');
    const box = await region('Map of simclr').boundingBox();
    const corner = (x: number, y: number): [number, number] => [
      box!.x + x * box!.width,
      box!.y + y * box!.height,
    ];
    await page.mouse.move(...corner(0.05, 0.08));
    await page.mouse.down();
    for (const [x, y] of [
      [0.95, 0.1],
      [0.95, 0.5],
      [0.05, 0.5],
    ] as const) {
      await page.mouse.move(...corner(x, y), { steps: 4 });
    }
    await page.mouse.up();
    const status = page.getByText(/pictures? selected, in both/);
    const count = Number(/\d+/.exec((await status.textContent()) ?? '')?.[0]);
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(96);
    await page.keyboard.press('t');
    await shot('compare-lasso');
    await page.keyboard.press('t');
    await page.keyboard.press('v');
    await page.keyboard.press('Escape');
  });

  it('moves both maps when one is zoomed', async () => {
    const { page } = session;
    const right = region('Map of ring').locator('canvas').first();
    const before = await right.screenshot();
    const box = await region('Map of simclr').boundingBox();
    await page.mouse.move(box!.x + 200, box!.y + 200);
    await page.mouse.wheel(0, -600);
    // A picture of the map takes seconds on a busy machine: one try must not use up the time.
    await expect.poll(async () => before.equals(await right.screenshot())).toBe(false);
    await button('fit').last().click();
  });

  it('opens the picture that changed most in both runs, with the negatives that it lost', async () => {
    const { page, engine } = session;
    const result = await engine.call('comparison.withMaps', {
      a: { run: 'simclr' },
      b: { run: 'ring' },
    });
    const { id } = result!.comparison.mostChanged[0]!;
    await region('Changed most').getByRole('button').first().click();
    await region('The anchor in both runs').waitFor();
    const { ids, hashes } = await engine.call('library.samples', {});
    const anchor = hashes[ids.indexOf(id)] ?? '';
    const [first, second] = await Promise.all(
      ['simclr', 'ring'].map((run) => engine.call('anchor.negatives', { run, anchor })),
    );
    const hardOf = ({ ids: all, bin }: NonNullable<typeof first>): Set<number> =>
      new Set(all.filter((_, index) => bin[index] === binIndex.hard));
    const [before, after] = [hardOf(first!), hardOf(second!)];
    const gone = [...before].filter((other) => !after.has(other)).length;
    const fresh = [...after].filter((other) => !before.has(other)).length;
    expect(gone).toBeGreaterThan(0);
    await page
      .getByText(`${before.size - gone} kept · ${fresh} new · ${gone} gone`)
      .first()
      .waitFor();
    const list = page.getByRole('list', { name: 'hard negatives that are gone' });
    expect(await list.getByRole('listitem').count()).toBe(Math.min(6, gone));
    await shot('compare-anchor');
  });

  it('lays the right run out from the left map, and says by how much it differs still', async () => {
    const { page, engine } = session;
    const aligned = page.getByRole('combobox', { name: 'aligned by' });
    await aligned.selectOption('UMAP from the left');
    await page.getByText('now by Procrustes').waitFor();
    await button('Lay out').click();
    await page.getByText('now by Procrustes').waitFor({ state: 'detached', timeout: 120_000 });
    const [a, b] = [{ run: 'simclr' }, { run: 'ring' }];
    const [started, turned] = await Promise.all(
      (['started', 'procrustes'] as const).map((alignment) =>
        engine.call('comparison.withMaps', { a, b, alignment }),
      ),
    );
    expect(started!.maps!.alignment).toBe('started');
    expect(started!.maps!.a).toEqual(turned!.maps!.a);
    expect(started!.maps!.b).not.toEqual(turned!.maps!.b);
    await page.getByText(`residual ${started!.maps!.residual.toFixed(2)}`).waitFor();
    await shot('compare-started');
    await aligned.selectOption('Procrustes');
  });

  it('sets a third run beside the two, measured against both, and draws it large at a click', async () => {
    await button('Compare one more run').click();
    const pairs = region('Every pair').getByRole('row');
    await expect.poll(() => pairs.count()).toBe(4);
    const large = button('Draw pixels large, on the right.');
    await large.waitFor({ timeout: 120_000 });
    expect(await region('Every pair').textContent()).not.toContain('not compared');
    const small = large.locator('canvas');
    const before = await small.screenshot();
    await region('Changed most').getByRole('button').nth(1).click();
    // Its ring moves to the new anchor.
    await expect.poll(async () => before.equals(await small.screenshot())).toBe(false);
    await shot('compare-three');
    await large.click();
    await region('Map of pixels').waitFor();
    await button('Draw ring large, on the right.').click();
    await region('Map of ring').waitFor();
  });

  it('knows a comparison in the other order too', async () => {
    const { page } = session;
    await page.keyboard.press('x');
    const names = async (): Promise<string[]> => {
      const heads = region('In the embedding space').getByRole('columnheader');
      return (await heads.allTextContents()).slice(1, 3);
    };
    await expect.poll(names).toEqual(['ring', 'simclr']);
    await page.keyboard.press('x');
    await expect.poll(names).toEqual(['simclr', 'ring']);
  });

  it('is the same after a restart', async () => {
    const { page } = session;
    await page
      .getByRole('combobox', { name: 'colour' })
      .selectOption('change of relative hardness');
    await button('trails').click();
    await expect
      .poll(async () => {
        const entries = await session.engine.call('window.recall', {});
        return entries.find(({ key }) => key.startsWith('view.'))?.text;
      })
      .toMatch(/"colouring":"hardness","hasTrails":true/);
    await page.reload();
    await region('Map of simclr').waitFor();
    await region('Map of ring').waitFor();
    expect(await page.getByRole('combobox', { name: 'colour' }).inputValue()).toBe('hardness');
    expect(await button('trails').getAttribute('aria-pressed')).toBe('true');
    expect(await region('Every pair').getByRole('row').count()).toBe(4);
    await button('Leave out the third run').click();
    await region('Every pair').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'colour' }).selectOption('overlap of neighbours');
    await button('trails').click();
  });

  it('compares an earlier epoch, which is embedded and mapped for it', async () => {
    const { page } = session;
    await page.getByRole('combobox', { name: "Left run's epoch" }).selectOption('1');
    await button('Compare these two').click();
    await region('Map of simclr@1').waitFor({ timeout: 120_000 });
    await page.getByRole('combobox', { name: "Left run's epoch" }).selectOption('0');
    await region('Map of simclr').first().waitFor();
  });

  it('opens from an address that names two runs', async () => {
    const { page, engine } = session;
    const runs = await engine.call('runs.list', {});
    const numberOf = (name: string): number => runs.find((run) => run.name === name)?.run ?? 0;
    await page.keyboard.press('1');
    await region('Map of simclr').waitFor({ state: 'detached' });
    await page.goto(
      `${page.url().replace(/#.*/, '')}#compare=${numberOf('simclr')},${numberOf('ring')}`,
    );
    await region('Map of simclr').waitFor();
    await region('Map of ring').waitFor();
  });

  it.each(['Dark', 'Light'])('has nothing serious for axe to find (%s)', async (theme) => {
    const { page } = session;
    await button(theme).click();
    expect(await seriousViolations(page)).toEqual([]);
    await shot(`compare-${theme.toLowerCase()}`);
  });
});
