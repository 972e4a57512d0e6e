import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { effectiveOfShares, lossFromRows } from '../golden/explained-numbers.ts';
import { casesOf } from '../golden/golden-cases.ts';
import { fillGoldenLibrary } from '../golden/golden-library.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';
import type { Copied } from './copied-explanation.ts';

const session = useAppSession({
  library: 'no runs',
  readsClipboard: true,
  prepare: async ({ engine }) => {
    const training = { epochs: 3, batch: 32, size: 16, device: 'cpu', ledgerSize: 8, seed: 2 };
    const named = { ...training, name: 'short', objective: 'hard' };
    expect(await runToState(engine, 'train', named)).toMatchObject({ state: 'done' });
    await runToState(engine, 'map', { run: 'short', seed: 1 });
  },
});
const anchorPath = 'animal-bird/1f413__noto.png';

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

function inspector(): Locator {
  return session.page.getByRole('complementary', { name: 'Anchor' });
}

function readClipboard(): Promise<string> {
  return session.page.evaluate<string>('navigator.clipboard.readText()');
}

async function copied(): Promise<Copied> {
  await button('Copy all negatives as JSON').click();
  return JSON.parse(await readClipboard()) as Copied;
}

async function titlesOf(list: Locator): Promise<(string | null)[]> {
  const tiles = await list.getByRole('button').all();
  return await Promise.all(tiles.map((tile) => tile.getAttribute('title')));
}

afterEach(() => {
  const missing = /Failed to load resource.*404/;
  expect(session.troubles.filter((trouble) => !missing.test(trouble))).toEqual([]);
});

describe('a linked anchor', () => {
  it('is opened by the address, in its run, in the explorer', async () => {
    const { page, engine } = session;
    const { hashes, paths } = await engine.call('library.samples', {});
    const hash = hashes[paths.indexOf(anchorPath)] ?? '';
    await page.reload();
    await button(/^short/).waitFor();
    await page.evaluate(`location.hash = '#anchor=${hash.slice(0, 16)}&run=1'`);
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
    await button('Copy a link to this anchor').click();
    const link = await readClipboard();
    expect(new URL(link).hash).toBe(`#anchor=${hash}&run=1`);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
  });

  it('is opened although the address is written anew before the change is told', async () => {
    const { page, engine } = session;
    const { hashes, paths } = await engine.call('library.samples', {});
    const other = paths.findIndex((path) => path !== anchorPath);
    const { pathname, search } = new URL(page.url());
    await page.evaluate(
      `location.hash = '#anchor=${hashes[other]}'; history.replaceState({}, '', '${pathname}${search}')`,
    );
    await page.getByRole('img', { name: `The anchor: ${paths[other]}` }).waitFor();
    await page.evaluate(`location.hash = '#anchor=${hashes[paths.indexOf(anchorPath)]}'`);
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
  });

  it('has what is below it in its place from the first frame on', async () => {
    const { page } = session;
    await page.reload({ waitUntil: 'commit' });
    const places = await page.evaluate<string[]>(`new Promise((resolve) => {
      const seen = new Set();
      const look = () => {
        const cut = document.querySelector('[role="slider"][aria-label="Ring’s lower cut"]');
        const box = cut?.getBoundingClientRect();
        if (box) seen.add([box.top, box.width].join(' '));
        if (document.querySelector('[aria-label="First view of the anchor"]')) resolve([...seen]);
        else requestAnimationFrame(look);
      };
      look();
    })`);
    expect(places).toHaveLength(1);
  });

  it('shows two views as its positives, and others at a press', async () => {
    const { page } = session;
    const view = page.getByRole('img', { name: 'First view of the anchor' });
    await view.waitFor();
    const drawn = (): Promise<string> =>
      page.evaluate<string>(
        `document.querySelector('[aria-label="First view of the anchor"] canvas').toDataURL()`,
      );
    const first = await drawn();
    await button('Draw other views').click();
    await expect.poll(drawn).not.toBe(first);
  });
});

describe('the numbers', () => {
  it('add up to the shown loss, to the candidates and to the whole push', async () => {
    const { loss, rows, parameters, positiveSimilarity, candidates, binCounts, anchor, run } =
      await copied();
    expect([anchor.path, run]).toEqual([anchorPath, 'short']);
    const summed = lossFromRows(rows, { ...parameters, positiveSimilarity });
    expect(loss).toBeCloseTo(summed.loss, 5);
    const facts = session.page.getByRole('region', { name: 'The anchor' });
    expect(await facts.getByRole('definition').nth(1).textContent()).toBe(loss.toFixed(2));
    expect(rows).toHaveLength(candidates);
    expect(Object.values(binCounts).reduce((sum, count) => sum + count)).toBe(candidates);
    const share = rows.reduce((sum, row) => sum + row.repulsion - row.attraction, 0);
    expect(share).toBeCloseTo(1, 5);
    expect(rows.filter(({ attraction }) => attraction > 0)).not.toEqual([]);
  });

  it('follow the positive, whose similarity can be set', async () => {
    const before = await copied();
    const handle = session.page.getByRole('slider', { name: /Similarity of the positive/ });
    await handle.focus();
    for (let step = 0; step < 10; step++) await session.page.keyboard.press('PageDown');
    const lowered = before.positiveSimilarity - 1;
    await expect.poll(async () => (await copied()).positiveSimilarity).toBeCloseTo(lowered, 5);
    const after = await copied();
    expect(after.loss).toBeGreaterThan(before.loss);
    const { rows, parameters, positiveSimilarity } = after;
    const summed = lossFromRows(rows, { ...parameters, positiveSimilarity });
    expect(after.loss).toBeCloseTo(summed.loss, 5);
    await button('the run’s own').click();
    await expect.poll(async () => (await copied()).loss).toBe(before.loss);
  });

  it('are copied as a table too', async () => {
    const { rows } = await copied();
    await button('Copy all negatives as CSV').click();
    const [head = '', first = ''] = (await readClipboard()).split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['rank', 'hash', 'path', 'label']);
    expect(first.split(',').slice(0, 3)).toEqual(['1', rows[0]!.hash, rows[0]!.path]);
  });

  it('say what is left out, and why', async () => {
    await session.page.getByText('What is counted, and what is left out').click();
    const text = (await inspector().textContent()) ?? '';
    expect(text).toMatch(/\d+ \+ 11 \+ 0 \+ 0 \+ \d+ = 95/);
    expect(text).toContain('the anchor itself');
    expect(text).toMatch(/1\s*files that could not be used/);
    await session.page.getByText('What is counted, and what is left out').click();
  });
});

describe('a negative', () => {
  it('shows every number and its evidence, fact and suspicion and judgement apart', async () => {
    const { page, engine } = session;
    const { rows } = await copied();
    const tile = page.getByRole('list', { name: 'false negatives' }).getByRole('button').first();
    await tile.click();
    const details = page.getByRole('region', { name: /^The negative / });
    const row = rows.find(({ bin }) => bin === 'false')!;
    const text = (await details.textContent()) ?? '';
    expect(text).toContain(`${row.rank} of 95`);
    expect(text).toContain(String(Number(row.similarity.toFixed(4))));
    expect(text).toMatch(/fact\s*speaks for false:\s*same label/);
    expect(text).toMatch(/suspicion.*s ≥ s⁺ − 0\.10/s);
    expect(text).toMatch(/judgement\s*says nothing:\s*not judged yet/);
    expect(await seriousViolations(page)).toEqual([]);
    await engine.call('verdicts.set', { pair: [anchorPath, row.hash], verdict: 'different' });
    await page.getByRole('slider', { name: /^beta/ }).fill('2');
    await details.getByText('judged different', { exact: true }).waitFor();
    await details.getByText(/^Both have the label animal-bird, but the pair is judged/).waitFor();
    await engine.call('verdicts.remove', { pair: [anchorPath, row.hash] });
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    await button('the run’s own').click();
  });

  it('is inspected by Space and becomes the anchor by Enter', async () => {
    const { page } = session;
    const tile = page.getByRole('list', { name: 'false negatives' }).getByRole('button').first();
    await tile.focus();
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: /^The negative / }).waitFor();
    await tile.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('img', { name: /^The anchor: / });
    await expect.poll(() => card.getAttribute('alt')).not.toContain(anchorPath);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
  });
});

/** What the training's last epoch recorded of the anchor, by content hash. */
async function recordedShares(engine: typeof session.engine) {
  const { ids, share } = await engine.call('anchor.ledger', { run: 1, anchor: anchorPath });
  const known = await engine.call('library.samples', {});
  const hashOf = (id: number): string => known.hashes[known.ids.indexOf(id)]!;
  return Array.from(ids, (id, index) => [hashOf(id), share[index]!] as const);
}

describe('candidates', () => {
  it('are its own batch of the training, or one that can be drawn again', async () => {
    const { page, engine } = session;
    await page.getByRole('radio', { name: 'One batch' }).check({ force: true });
    await page.getByText('The batch in which the training had it last').waitFor();
    const own = await copied();
    expect(own).toMatchObject({ candidates: 31, negatives: 62, space: 'z' });
    for (const [hash, share] of await recordedShares(engine)) {
      expect(own.rows.find((row) => row.hash === hash)!.share).toBeCloseTo(share, 4);
    }
    await button('draw one instead').click();
    await page.getByText('32 pictures, seed 1').waitFor();
    const first = await copied();
    expect(first).toMatchObject({ candidates: 31 });
    expect(Object.values(first.binCounts).reduce((sum, count) => sum + count)).toBe(31);
    await button('draw another').click();
    await page.getByText('32 pictures, seed 2').waitFor();
    const second = await copied();
    expect(new Set(second.rows.map(({ hash }) => hash))).not.toEqual(
      new Set(first.rows.map(({ hash }) => hash)),
    );
    expect(second.loss).toBeCloseTo(
      lossFromRows(second.rows, { ...second, ...second.parameters }).loss,
      5,
    );
  });

  it('are what the training recorded, epoch by epoch', async () => {
    const { page, engine } = session;
    await page.getByRole('radio', { name: 'In training' }).check({ force: true });
    const list = (epoch: number): Locator =>
      page.getByRole('list', { name: `Negatives recorded in epoch ${epoch}` });
    await list(3).waitFor();
    expect(await list(3).getByRole('button').count()).toBe(8);
    const last = await titlesOf(list(3));
    const slider = page.getByRole('slider', { name: 'Epoch of the training' });
    await slider.press('Home');
    await list(1).waitFor();
    expect(await titlesOf(list(1))).not.toEqual(last);
    await slider.press('ArrowRight');
    await list(2).waitFor();
    await inspector()
      .getByText(/\d new since epoch 1/)
      .waitFor();
    const ledger = await engine.call('anchor.ledger', { run: 1, anchor: anchorPath, epoch: 2 });
    const { rows } = await copied();
    expect(rows.map(({ share }) => share)).toEqual([...ledger.share]);
    const card = page.getByRole('region', { name: 'The anchor', exact: true });
    await card.getByText('In training, epoch 2').waitFor();
    const term = card.getByText('loss of this anchor').locator('xpath=following-sibling::dd[1]');
    expect(await term.textContent()).toBe(ledger.totals.loss.toFixed(2));
    const loss = page.getByRole('figure').filter({ hasText: 'loss' });
    expect(await loss.textContent()).toContain(ledger.totals.loss.toFixed(2));
    await list(2).getByRole('button').first().click();
    await page.getByRole('region', { name: /^The negative / }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Whole library' }).check({ force: true });
    await page.getByRole('list', { name: 'false negatives' }).waitFor();
    await card.getByText('Whole library').waitFor();
  });
});

describe('pins', () => {
  it('keep an anchor at hand, over a reload', async () => {
    const { page } = session;
    await page.keyboard.press('p');
    const pin = page.getByRole('list', { name: 'Pinned anchors' }).getByRole('button');
    await pin.waitFor();
    await page.getByRole('list', { name: 'easy negatives' }).getByRole('button').first().dblclick();
    const card = page.getByRole('img', { name: /^The anchor: / });
    await expect.poll(() => card.getAttribute('alt')).not.toContain(anchorPath);
    await button('Light').click();
    await page.reload();
    await pin.click();
    await page.getByRole('img', { name: `The anchor: ${anchorPath}` }).waitFor();
    await page.getByRole('list', { name: 'false negatives' }).getByRole('button').first().click();
    await page.setViewportSize({ width: 1280, height: 720 });
    expect(await seriousViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('p');
    await pin.waitFor({ state: 'detached' });
  });
});

describe.each(casesOf('explain'))('golden $name', (golden) => {
  it('comes through the page as the paper’s code computes it', async () => {
    const { page, engine, folder } = session;
    const file = `${folder}.sqlite`;
    const { anchor } = fillGoldenLibrary(file, golden);
    await engine.call('library.open', { file });
    // Not from page to page: this one may write its own address once it hears of the other library.
    const address = page.url().replace(/#.*/, `#anchor=${anchor}&run=1`);
    await page.goto('about:blank');
    await page.goto(address);
    await page.getByRole('img', { name: /^The anchor: label/ }).waitFor();
    const { rows, loss, parameters, positiveSimilarity, effectiveNegatives } = await copied();
    const rowOf = (path: string): number => Number(/(\d+)\.png$/.exec(path)?.[1]);
    const inOrder = rows.toSorted((a, b) => rowOf(a.path) - rowOf(b.path));
    const ours: Record<string, number[]> = {
      similarity: inOrder.map(({ similarity }) => similarity),
      rank_desc: inOrder.map(({ rank }) => rank - 1),
      percentile: inOrder.map(({ percentile }) => percentile),
      q_beta: inOrder.map(({ weight }) => weight / rows.length),
      share_hcl_signed: inOrder.map(({ share }) => share),
      in_ring: inOrder.map(({ zone }) => Number(zone === 'ring')),
      false_negative_by_label: inOrder.map(({ evidence }) =>
        Number(evidence.includes('sameLabel')),
      ),
    };
    for (const [name, column] of Object.entries(ours)) {
      const expected = (golden.expected[name] as (number | boolean)[]).map(Number);
      column.forEach((value, row) => expect(value, name).toBeCloseTo(expected[row]!, 5));
    }
    const shares = golden.expected['share_hcl_signed'] as number[];
    expect(effectiveNegatives).toBeCloseTo(effectiveOfShares(shares), 5);
    expect(loss).toBeCloseTo(lossFromRows(rows, { ...parameters, positiveSimilarity }).loss, 5);
  });
});
