import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

function verdicts() {
  return session.engine.call('verdicts.list', {});
}

/** The paths of the two pictures on film. */
async function pairOnScreen(): Promise<string[]> {
  const film = session.page.getByRole('region', { name: 'Pair', exact: true }).getByRole('img');
  const words = await Promise.all((await film.all()).map((image) => image.getAttribute('alt')));
  return words.map((alt) => (alt ?? '').replace(/^The (anchor|candidate): /, ''));
}

beforeAll(async () => {
  const { page } = session;
  await button('Review').click();
  await page.getByRole('img', { name: /^The candidate/ }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the Review page', () => {
  it('shows the pair that matters most, with its reason, accessible in both themes', async () => {
    const { page, engine } = session;
    const { pairs } = await engine.call('verdicts.queue', { run: 'raw pixels', limit: 50 });
    const [first] = pairs;
    expect(await pairOnScreen()).toEqual([first?.anchor.path, first?.candidate.path]);
    await page.getByText(first?.reason ?? '-').waitFor();
    for (const theme of ['Dark', 'Light']) {
      await button(theme).click();
      expect(await seriousViolations(page)).toEqual([]);
    }
  });

  it('takes Space for itself after a click in the side bar', async () => {
    const { page } = session;
    const before = await pairOnScreen();
    await button('Review').click();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
      'none',
    );
    await page.keyboard.press('Space');
    await expect.poll(pairOnScreen).not.toEqual(before);
    await page.keyboard.press('Control+z');
    await expect.poll(pairOnScreen).toEqual(before);
  });

  it('takes 20 verdicts, a skip among them, and takes them all back, by the keyboard alone', async () => {
    const { page } = session;
    const seen: string[][] = [];
    const keys = 'f t u f t f t u f t f t u f t f t u f t s'.split(' ');
    for (const key of keys) {
      seen.push(await pairOnScreen());
      await page.keyboard.press(key);
    }
    expect(new Set(seen.map((pair) => pair.toSorted().join(' '))).size).toBe(21);
    await expect.poll(async () => (await verdicts()).length).toBe(20);
    const same = (await verdicts()).filter(({ verdict }) => verdict === 'same');
    expect(same).toHaveLength(8);
    expect(same[0]).toMatchObject({ run: 1, note: '' });
    await page.getByRole('tab', { name: 'Sitting 21' }).waitFor();
    for (const pair of seen.toReversed()) {
      await page.keyboard.press('Control+z');
      await expect.poll(pairOnScreen).toEqual(pair);
    }
    await expect.poll(verdicts).toEqual([]);
    for (let step = 0; step < 20; step++) await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => (await verdicts()).length).toBe(20);
    for (let step = 0; step < 20; step++) await page.keyboard.press('Control+z');
    await expect.poll(verdicts).toEqual([]);
  });

  it('keeps its history while another page is on screen', async () => {
    const { page } = session;
    await page.keyboard.press('f');
    await page.keyboard.press('1');
    await page.keyboard.press('4');
    await page.getByRole('tab', { name: 'Sitting 1' }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(verdicts).toEqual([]);
  });

  it('keeps a note with the verdict', async () => {
    const { page } = session;
    await page.keyboard.press('n');
    await page.keyboard.type('the same tulip, drawn twice');
    await page.keyboard.press('Enter');
    await page.keyboard.press('t');
    await expect
      .poll(verdicts)
      .toMatchObject([{ verdict: 'different', note: 'the same tulip, drawn twice' }]);
    await page.keyboard.press('Control+z');
    await expect.poll(verdicts).toEqual([]);
  });

  it('estimates the rate from the random order', async () => {
    const { page } = session;
    await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'Random' });
    await page.getByText(/Every pair as likely/).waitFor();
    const { pairs } = await session.engine.call('verdicts.queue', {
      run: 'raw pixels',
      order: 'random',
      limit: 12,
    });
    const ofPair = (index: number) => [pairs[index]?.anchor.path, pairs[index]?.candidate.path];
    for (const [index, key] of Array.from('tfttfttfttt').entries()) {
      await expect.poll(pairOnScreen).toEqual(ofPair(index));
      await page.keyboard.press(key);
    }
    const missing = (judged: number): Promise<void> =>
      page
        .getByText(`${judged} of the 12 judged pairs that an estimate needs. Judge pairs in the`)
        .first()
        .waitFor();
    await missing(11);
    await page.keyboard.press('t');
    // Wilson's interval of 3 of 12, as the roots of (p - 1/4)² = z² p (1 - p) / 12.
    await page.getByText('25.0 % of all pairs, 8.9 % to 53.2 %').waitFor();
    for (let step = 0; step < 12; step++) await page.keyboard.press('Control+z');
    await missing(0);
    await page.getByRole('combobox', { name: 'Order' }).selectOption({ index: 0 });
  });
});

describe('groups and conflicts', () => {
  it('recognises a pair that other verdicts decide, and leaves it out of the queue', async () => {
    const { page, engine } = session;
    const { hashes, paths } = await engine.call('library.samples', {});
    const [a, b, c] = [0, 1, 2].map((index) => hashes[index] ?? '') as [string, string, string];
    await engine.call('verdicts.set', { pair: [a, b], verdict: 'same' });
    await engine.call('verdicts.set', { pair: [b, c], verdict: 'same' });
    await page.getByRole('tab', { name: 'Groups 1' }).click();
    const strip = page.getByRole('list', { name: /^Groups/ }).getByRole('button');
    expect(await strip.count()).toBe(3);
    const { pairs } = await engine.call('verdicts.queue', { run: 1, order: 'random', limit: 200 });
    const isBoth = ({ anchor, candidate }: (typeof pairs)[number]): boolean =>
      [a, c].every((hash) => [anchor.hash, candidate.hash].includes(hash));
    expect(pairs.some(isBoth)).toBe(false);
    await engine.call('verdicts.set', { pair: [a, c], verdict: 'unsure', note: 'look again' });
    await engine.call('verdicts.set', { pair: [a, c], verdict: 'different' });
    await page.getByRole('status').filter({ hasText: '1 conflict' }).waitFor();
    expect(paths[0]).toBeDefined();
  });

  it('shows a conflict as a chain and resolves it by changing one verdict, which can be undone', async () => {
    const { page } = session;
    await button('Resolve').click();
    const chain = page.getByRole('list', { name: 'The chain' }).getByRole('listitem');
    expect(await chain.count()).toBe(3);
    expect(await seriousViolations(page)).toEqual([]);
    await button('Same after all').click();
    await button('Resolve').waitFor({ state: 'detached' });
    const same = (await verdicts()).filter(({ verdict }) => verdict === 'same');
    expect(same).toHaveLength(3);
    await page.keyboard.press('Control+z');
    await button('Resolve').waitFor();
    expect((await pairOnScreen()).length).toBe(2);
    await page.keyboard.press('f');
    await button('Resolve').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await verdicts()).filter(({ verdict }) => verdict === 'same').length)
      .toBe(3);
  });
});

/** Waits until a training has ended and embedded its pictures. */
async function endOf(name: string): Promise<void> {
  const states = async () =>
    (await session.engine.call('runs.list', {})).find((run) => run.name === name)?.state;
  await expect.poll(states, { timeout: 120_000 }).toBe('done');
}

/** The most pairs that a fifth of the groups of judged pairs can have. */
function mostHeldOut(judged: readonly (readonly string[])[]): number {
  const groups: { hashes: Set<string>; pairs: number }[] = [];
  for (const pair of judged) {
    const joined = groups.filter(({ hashes }) => pair.some((hash) => hashes.has(hash)));
    for (const one of joined) groups.splice(groups.indexOf(one), 1);
    groups.push({
      hashes: new Set([...pair, ...joined.flatMap(({ hashes }) => [...hashes])]),
      pairs: joined.reduce((sum, { pairs }) => sum + pairs, 1),
    });
  }
  const sizes = groups.map(({ pairs }) => pairs).toSorted((one, other) => other - one);
  return sizes.slice(0, Math.floor(groups.length / 5)).reduce((sum, pairs) => sum + pairs, 0);
}

describe('training again', () => {
  it('masks what was judged the same: the second run’s ledger has none of these pairs', async () => {
    const { page, engine } = session;
    for (const { pair } of await verdicts()) {
      await engine.call('verdicts.remove', { pair: [pair[0].hash, pair[1].hash] });
    }
    const training = { epochs: 2, batch: 48, size: 16, device: 'cpu', ledgerSize: 94, seed: 2 };
    const trained = await runToState(engine, 'train', {
      ...training,
      name: 'short',
      objective: 'hard',
    });
    expect(trained.error).toBeNull();
    await page.getByRole('combobox', { name: 'Run that suggests pairs' }).selectOption('short');
    await page.getByText('No pair is judged the same thing, or different, yet').waitFor();
    const { pairs } = await engine.call('verdicts.queue', { run: 'short', limit: 50 });
    await expect.poll(pairOnScreen).toEqual([pairs[0]?.anchor.path, pairs[0]?.candidate.path]);
    for (let count = 0; count < 8; count++) await page.keyboard.press('f');
    await expect.poll(async () => (await verdicts()).length).toBe(8);
    const judged = (await verdicts()).map(({ pair }) => pair.map(({ hash }) => hash));
    const pushed = async (run: string): Promise<number> => {
      const { ids, hashes } = await engine.call('library.samples', {});
      let count = 0;
      for (const [anchor = '', other = ''] of judged) {
        const recorded = await engine.call('anchor.ledger', { run, anchor });
        if (recorded.ids.includes(ids[hashes.indexOf(other)] ?? -1)) count += 1;
      }
      return count;
    };
    expect(await pushed('short')).toBeGreaterThan(0);
    await page.getByRole('radio', { name: 'Mask' }).check();
    await button('Train again with verdicts masked').click();
    await endOf('short, masked');
    // After a training of more than some seconds "Did it pay?" is on screen.
    await button('Review').click();
    await page.getByText('“short, masked” is trained: choose it above').waitFor();
    // A fifth of the groups is held out: those pairs stay negatives of each other.
    expect(await pushed('short, masked')).toBeLessThanOrEqual(mostHeldOut(judged));
    const runs = await engine.call('runs.list', {});
    const withoutJob = (name: string): Record<string, unknown> => ({
      ...runs.find((run) => run.name === name)?.settings,
      job: null,
    });
    const { verdicts: before, ...settings } = withoutJob('short');
    const { verdicts: after, verdictGroups, passOn, ...masked } = withoutJob('short, masked');
    const { heldOut, keepEpoch, patience, differentRate, ...again } = masked;
    expect([heldOut, keepEpoch, patience, differentRate]).toEqual([0.2, 'best', 0, 0.5]);
    expect(passOn).toBe('pairs');
    // Which groups the verdicts made when it began.
    expect(verdictGroups).toMatch(/^[0-9a-f]{16}$/);
    expect([before, after]).toEqual(['ignore', 'mask']);
    expect(again).toEqual(settings);
    // It is measured once, however often runs and jobs are listed meanwhile.
    const jobs = await engine.call('jobs.list', {});
    expect(jobs.filter(({ kind }) => kind === 'pay').length).toBeLessThanOrEqual(1);
    await button('Compare both runs').click();
    await page.getByRole('region', { name: 'Map of short, masked' }).waitFor({ timeout: 120_000 });
    await page.getByRole('region', { name: 'Map of short', exact: true }).waitFor();
  });

  it.each([
    ['adapted', { encoder: 'adapter', on: 'pixels', views: 2, size: 16 }],
    ['headed', { encoder: 'head', on: 'pixels', views: 3, size: 16 }],
    ['tuned', { encoder: 'finetune', on: 'starter', trainFrom: 'extern1', size: 32 }],
  ] as const)('repeats %s on what it was trained, by the button', async (name, base) => {
    const { page, engine } = session;
    const training = { ...base, name, epochs: 1, batch: 48, device: 'cpu', ledgerSize: 8 };
    expect((await runToState(engine, 'train', training)).error).toBeNull();
    await button('Review').click();
    await page.getByRole('combobox', { name: 'Run that suggests pairs' }).selectOption(name);
    // Attraction is what is offered first.
    await button('Train again with verdicts attracted').click();
    await endOf(`${name}, attracted`);
    const runs = await engine.call('runs.list', {});
    const settingsOf = (run: string) => runs.find((one) => one.name === run)!.settings;
    const [first, again] = [settingsOf(name), settingsOf(`${name}, attracted`)];
    for (const key of ['views', 'adapter', 'tuned', 'size', 'head', 'temperature']) {
      expect(again[key], key).toEqual(first[key]);
    }
    // Before an adapter that begins by verdicts the features are whitened, whatever they are.
    const isAdapter = name === 'adapted';
    const frozen = first['frozen'] as object | undefined;
    expect(again['frozen']).toEqual(frozen && { ...frozen, ...(isAdapter && { whitened: 384 }) });
    expect(again).toMatchObject({ verdicts: 'attract', groupPositives: 0.7 });
  });
});
