import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { duckRows } from '../engine/exchange/independent-readers.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine, folder }) => {
    out = join(folder, '../out');
    await mkdir(out);
    await runToState(engine, 'embed', { encoder: 'pixels', name: 'raw' });
    await runToState(engine, 'map', { run: 'raw' });
  },
});
let out = '';

const dialog = () => session.page.getByRole('dialog', { name: 'Import embeddings' });

/** Writes the run's embeddings by the export dialog. */
async function exportEmbeddings(): Promise<void> {
  const { page } = session;
  await page.getByRole('button', { name: 'Export…' }).click();
  const exporting = page.getByRole('dialog', { name: 'Export' });
  await exporting.getByLabel('Folder on the engine’s machine').fill(out);
  await exporting.getByText(join(out, 'raw-embeddings.parquet')).waitFor();
  await exporting.getByRole('button', { name: 'Export', exact: true }).click();
  await exporting.getByText('Written.').waitFor();
  await page.keyboard.press('Escape');
}

/** Waits for the map that an import starts. */
async function mapped(name: string): Promise<void> {
  const isMapped = async (): Promise<boolean> => {
    const runs = await session.engine.call('runs.list', {});
    return runs.some((run) => run.name === name && run.mapped);
  };
  await expect.poll(isMapped).toBe(true);
}

beforeAll(async () => {
  await session.page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the way out and in again', () => {
  it('gives a run with the same neighbours, chosen and with a map', async () => {
    const { page, engine } = session;
    await exportEmbeddings();
    const file = join(out, 'raw-embeddings.parquet');
    const [counted] = await duckRows(`SELECT count(DISTINCT hash) AS n FROM '${file}'`);
    expect(Number(counted?.['n'])).toBe(96);
    await page.getByRole('button', { name: 'Import…' }).click();
    await dialog().getByLabel('Files or a folder').fill(file);
    await page.keyboard.press('Enter');
    const found = dialog().getByRole('region', { name: 'What was found' });
    await found.getByText(/parquet · 1 file · 96 rows/).waitFor();
    const report = dialog().getByRole('region', { name: 'Matching report' });
    await report.getByText('96 of 96 rows matched').waitFor();
    await lookAt(session.page, 'import-found');
    await dialog().getByLabel('Name of the run').fill('again');
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    await dialog()
      .getByText(/“again” has 96 vectors/)
      .waitFor();
    await lookAt(session.page, 'import-done');
    await dialog().getByRole('button', { name: 'Explore it' }).click();
    await mapped('again');
    const current = page.getByRole('button', { name: /again/, exact: false }).first();
    await expect.poll(() => current.getAttribute('aria-current')).toBe('true');
    await current.getByText('imported').waitFor();
    const { paths } = await engine.call('library.samples', {});
    for (const anchor of [paths[0]!, paths[40]!, paths[95]!]) {
      const neighboursIn = async (run: string) => [
        ...(await engine.call('anchor.neighbours', { run, anchor, k: 20 })).ids,
      ];
      expect(await neighboursIn('again')).toEqual(await neighboursIn('raw'));
    }
  });
});

describe('files that do not fit', () => {
  it('are told with what does not match, row by row', async () => {
    const { page, engine } = session;
    const { hashes, paths } = await engine.call('library.samples', {});
    const line = (picture: object): string => JSON.stringify({ vector: [1, 2, 3, 4], ...picture });
    const rows = [
      ...paths.slice(0, 90).map((path, row) => line({ path, vector: [row, 1, 2, 3] })),
      line({ path: 'nowhere/gone.png' }),
      line({ path: paths[90], vector: [0, 0, 0, 0] }),
      line({ path: paths[0] }),
      line({ path: 'x', hash: hashes[91] }),
    ];
    await writeFile(join(out, 'mixed.jsonl'), `${rows.join('\n')}\n`);
    // A first try that ran out of time leaves its dialog open.
    if (await dialog().isVisible()) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Import…' }).click();
    await dialog().getByLabel('Files or a folder').fill(join(out, 'mixed.jsonl'));
    await dialog().getByRole('button', { name: 'Take this' }).click();
    const report = dialog().getByRole('region', { name: 'Matching report' });
    await report.getByText('92 of 94 rows matched').waitFor();
    await report.getByText(/Rows that are of pictures that this library does not have/).click();
    await report.getByText(/row 91: nowhere\/gone.png/).waitFor();
    await report.getByText(/an earlier row is of already/).waitFor();
    await lookAt(session.page, 'import-mixed');
    await dialog().getByRole('combobox', { name: 'Paths or names' }).selectOption('hash');
    await report.getByText(/1 of 94 rows matched/).waitFor();
    await dialog().getByRole('combobox', { name: 'Paths or names' }).selectOption('');
    await report.getByText('92 of 94 rows matched, of 92 pictures').waitFor();
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    const done = dialog().getByRole('region', { name: 'Matching report' });
    await done.getByText(/have a vector of zeros/).waitFor();
    await dialog().getByRole('button', { name: 'Import something else' }).click();
  });

  it('are refused in a sentence', async () => {
    const { folder } = session;
    await dialog().getByLabel('Files or a folder').fill(join(folder, 'broken.png'));
    await dialog().getByRole('button', { name: 'Take this' }).click();
    await dialog()
      .getByRole('alert')
      .getByText(/broken.png cannot be imported/)
      .waitFor();
    expect(await dialog().getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(
      true,
    );
    await writeFile(join(out, 'plain.csv'), 'path,size\na.png,3\n');
    await dialog().getByLabel('Files or a folder').fill(join(out, 'plain.csv'));
    await dialog().getByRole('button', { name: 'Take this' }).click();
    await dialog()
      .getByRole('alert')
      .getByText(/plain.csv has no column of vectors. It has path/)
      .waitFor();
  });
});

describe('numbers that are none', () => {
  it('are refused where columns are missing, until gaps are allowed', async () => {
    const { paths } = await session.engine.call('library.samples', {});
    const rows = paths.slice(0, 3).map((path, row) => `${path},${row + 1},2,3`);
    await writeFile(join(out, 'gap.csv'), ['path,d0,d1,d3', ...rows].join('\n'));
    await dialog().getByLabel('Files or a folder').fill(join(out, 'gap.csv'));
    await dialog().getByRole('button', { name: 'Take this' }).click();
    const problem = dialog().getByRole('alert').getByText('gap.csv has no column d2');
    await problem.waitFor();
    await dialog()
      .getByRole('checkbox', { name: /Allow gaps/ })
      .check();
    await problem.waitFor({ state: 'hidden' });
    await dialog()
      .getByText(/csv · 1 file · 3 rows · 3 dimensions/)
      .waitFor();
    await lookAt(session.page, 'import-gaps');
  });

  it('leave no run where nothing else is there', async () => {
    const { paths } = await session.engine.call('library.samples', {});
    const rows = paths.slice(0, 3).map((path) => `${path},nan,2`);
    await writeFile(join(out, 'nothing.csv'), ['path,d0,d1', ...rows].join('\n'));
    const before = await session.engine.call('runs.list', {});
    await dialog().getByLabel('Files or a folder').fill(join(out, 'nothing.csv'));
    await dialog().getByRole('button', { name: 'Take this' }).click();
    await dialog()
      .getByText(/csv · 1 file · 3 rows · 2 dimensions/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    await dialog()
      .getByText(/not one is left to import: 3 have a vector with NaN.*d0 is “nan”/)
      .waitFor();
    expect(await session.engine.call('runs.list', {})).toEqual(before);
    await dialog().getByRole('button', { name: 'Back to the choices' }).click();
  });
});

describe('several checkpoints', () => {
  it('are one run with its epochs, which Compare offers', async () => {
    const { page, engine } = session;
    const { paths } = await engine.call('library.samples', {});
    const epochs = join(out, 'epochs');
    await mkdir(epochs);
    for (const epoch of [1, 2, 3]) {
      const rows = paths.map((path, row) =>
        JSON.stringify({ path, vector: [Math.sin(row * epoch), Math.cos(row), 1] }),
      );
      await writeFile(join(epochs, `epoch_${epoch}.jsonl`), `${rows.join('\n')}\n`);
    }
    await dialog().getByLabel('Files or a folder').fill(epochs);
    await dialog().getByRole('button', { name: 'Take this' }).click();
    await dialog()
      .getByText(/jsonl · 3 files · 288 rows · 3 dimensions · 3 epochs/)
      .waitFor();
    await dialog().getByLabel('Name of the run').fill('cluster');
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    await dialog().getByText('in 3 epochs').waitFor();
    await dialog().getByRole('button', { name: 'Explore it' }).click();
    await mapped('cluster');
    expect(await engine.call('runs.checkpoints', { run: 'cluster' })).toEqual([1, 2, 3]);
    await page.getByText('imported · 3 epochs').waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
    await page.getByRole('region', { name: 'All runs' }).getByText('cluster').click();
    await page.getByText(/It has 3 epochs: Compare/).waitFor();
    await page
      .getByRole('region', { name: 'Matching report' })
      .getByText(/288 of 288/)
      .waitFor();
    await lookAt(session.page, 'import-report');
  });

  it('explain an anchor in Explore, epoch by epoch, and stand side by side', async () => {
    const { page, engine } = session;
    const anchor = 'animal-bird/1f413__noto.png';
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
    await page.keyboard.press('/');
    await page.keyboard.type('1f413__noto');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: `The anchor: ${anchor}` }).waitFor();
    const slider = page.getByRole('slider', { name: 'Epoch of the embeddings' });
    const losses = new Set<string>();
    expect(await slider.getAttribute('aria-valuetext')).toBe('epoch 3');
    const panel = page.getByRole('complementary', { name: 'Anchor' });
    for (const [key, epoch] of [
      ['Home', 1],
      ['ArrowRight', 2],
      ['End', 3],
    ] as const) {
      await slider.press(key);
      const question = { run: 'cluster', anchor, epoch };
      const explained = await engine.call('anchor.negatives', question);
      const nearest = await engine.call('anchor.neighbours', { ...question, k: 1 });
      expect([...nearest.ids]).toEqual([...explained.ids.subarray(0, 1)]);
      losses.add(explained.loss.toFixed(2));
      await panel.getByText(explained.loss.toFixed(2), { exact: true }).first().waitFor();
      await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(`epoch ${epoch}`);
      if (epoch === 2) {
        await page.getByText(/was embedded after epoch 2/).waitFor();
        await lookAt(session.page, 'import-epochs');
      }
    }
    expect(losses.size).toBe(3);
    await slider.press('Home');
    await expect
      .poll(async () => JSON.stringify(await engine.call('window.recall', {})))
      .toMatch(/\\"epoch\\":1[,}]/);
    await page.reload();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('epoch 1');
    await page.getByText(/was embedded after epoch 1/).waitFor();
    await slider.press('End');
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Compare').click();
    await page.getByRole('tab', { name: 'Side by side' }).click();
    await page.getByRole('combobox', { name: 'Left run', exact: true }).selectOption('cluster');
    await page.getByRole('combobox', { name: "Left run's epoch" }).selectOption('2');
  });
});
