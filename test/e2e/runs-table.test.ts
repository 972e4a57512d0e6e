import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { shortTraining } from '../libraries/emoji-library.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'two trainings',
  prepare: ({ engine }) =>
    runToState(engine, 'train', { ...shortTraining, name: 'again', objective: 'simclr', seed: 2 }),
});

function button(name: string | RegExp): Locator {
  return session.page.getByRole('button', { name });
}

function row(name: string): Locator {
  const { page } = session;
  const box = page.getByRole('checkbox', { name: `Choose ${name}`, exact: true });
  return page.getByRole('row').filter({ has: box });
}

function column(name: string): Locator {
  return session.page.getByRole('columnheader', { name, exact: true });
}

/** The settings of a run that are marked as unusual. */
async function marked(name: string): Promise<string[]> {
  return await row(name).getByRole('strong').allTextContents();
}

async function names(): Promise<string[]> {
  const boxes = await session.page.getByRole('checkbox', { name: /^Choose / }).all();
  const labels = await Promise.all(boxes.map((box) => box.getAttribute('aria-label')));
  return labels.map((label) => (label ?? '').replace('Choose ', ''));
}

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  const { page } = session;
  await button('Compare').waitFor();
  await page.keyboard.press('5');
  await row('simclr').waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the table of all runs', () => {
  it('shows the settings that differ, marks what is unusual, and all settings when asked', async () => {
    const { page } = session;
    await column('seed').waitFor();
    await column('temperature').waitFor();
    expect(await column('batch').count()).toBe(0);
    expect(await marked('ring')).toEqual(expect.arrayContaining(['ring', '0.07']));
    expect(await marked('simclr')).not.toContain('0.5');
    await page.getByRole('switch', { name: 'Only what differs' }).uncheck();
    await column('batch').waitFor();
    await shot('runs-all-settings');
    await page.getByRole('switch', { name: 'Only what differs' }).check();
    // Two chosen rows are compared with each other only.
    await page.getByRole('checkbox', { name: 'Choose ring' }).check();
    await page.getByRole('checkbox', { name: 'Choose again' }).check();
    await column('seed').waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Choose ring' }).uncheck();
    await page.getByRole('checkbox', { name: 'Choose again' }).uncheck();
  });

  it('sorts by a column, and says so', async () => {
    await column('run').getByRole('button').click();
    expect(await names()).toEqual(['again', 'ring', 'simclr']);
    expect(await column('run').getAttribute('aria-sort')).toBe('ascending');
    await column('run').getByRole('button').click();
    expect(await names()).toEqual(['simclr', 'ring', 'again']);
    expect(await column('run').getAttribute('aria-sort')).toBe('descending');
  });

  it('draws the curves of the runs over epochs, steps and time', async () => {
    const { page } = session;
    for (const [axis, label] of [
      ['step', 'step'],
      ['time', 'training time, s'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Over' }).selectOption(axis);
      const chart = page.getByRole('img', { name: `Loss over ${label} by ${label}` });
      await chart.waitFor();
      await expect.poll(() => chart.locator('path').count()).toBe(3);
      // Each name stands beside the end of its line, in no other line's colour.
      const ends = await chart.locator('.end').allTextContents();
      expect(ends.toSorted()).toEqual(['again', 'ring', 'simclr']);
      const lines = await chart.locator('path').all();
      const strokes = await Promise.all(lines.map((line) => line.getAttribute('stroke')));
      expect(new Set(strokes).size).toBe(3);
    }
    await page.getByRole('combobox', { name: 'Curve' }).selectOption('effectiveNegatives');
    await page.getByRole('img', { name: /^Effective negatives over training time/ }).waitFor();
    await page.getByRole('combobox', { name: 'Over' }).selectOption('epoch');
  });

  it('renames in place, refuses a name that is taken, and takes it back', async () => {
    const { page, engine } = session;
    await page.getByRole('checkbox', { name: 'Choose again' }).focus();
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Name of the run' });
    await field.fill('ring');
    await field.press('Enter');
    await page.getByText('This library has a run named "ring" already').waitFor();
    await button(/Dismiss: This library has a run/).click();
    await field.fill('second seed');
    await field.press('Enter');
    await row('second seed').waitFor();
    const [, , third] = await engine.call('runs.list', {});
    expect(third?.name).toBe('second seed');
    await page.keyboard.press('Control+z');
    await row('again').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await row('second seed').waitFor();
  });

  it('takes a name that is typed before the refusal of the one before it has come', async () => {
    const { page, engine } = session;
    await page.getByRole('checkbox', { name: 'Choose second seed' }).focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name of the run' }).waitFor();
    await page.evaluate(`(() => {
      const field = document.activeElement;
      for (const name of ['ring', 'third name']) {
        field.value = name;
        const options = { key: 'Enter', bubbles: true, cancelable: true };
        field.dispatchEvent(new KeyboardEvent('keydown', options));
      }
    })()`);
    await row('third name').waitFor();
    await button(/Dismiss: This library has a run/).click();
    expect((await engine.call('runs.list', {}))[2]?.name).toBe('third name');
    await page.keyboard.press('Control+z');
    await row('second seed').waitFor();
  });

  it('asks once for a name that is entered and then left', async () => {
    const { page, engine } = session;
    const calls = vi.spyOn(engine, 'call');
    await page.getByRole('checkbox', { name: 'Choose second seed' }).focus();
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Name of the run' });
    await field.waitFor();
    await page.evaluate(`(() => {
      const field = document.activeElement;
      field.value = 'ring';
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      field.blur();
    })()`);
    // Refused, it is ready to be changed.
    const focused = 'document.activeElement.getAttribute("aria-label")';
    await expect.poll(() => page.evaluate(focused)).toBe('Name of the run');
    expect(calls.mock.calls.filter(([method]) => method === 'runs.update')).toHaveLength(1);
    calls.mockRestore();
    await button(/Dismiss: This library has a run/).click();
    await field.press('Escape');
    await row('second seed').waitFor();
  });

  it('tags and notes, and finds runs by both', async () => {
    const { page, engine } = session;
    await button('Tag ring').click();
    await page
      .getByRole('combobox', { name: 'New tag of ring' })
      .or(page.getByRole('textbox', { name: 'New tag of ring' }))
      .fill('paper');
    await page.keyboard.press('Enter');
    await button('Take the tag paper from ring').waitFor();
    await button('Note simclr').click();
    await page.getByRole('textbox', { name: /^Note on simclr/ }).fill('the one to beat');
    await page.keyboard.press('Control+Enter');
    await page.getByText('the one to beat').waitFor();
    const [first, second] = await engine.call('runs.list', {});
    expect([first?.note, second?.tags]).toEqual(['the one to beat', ['paper']]);
    const search = page.getByRole('searchbox', { name: /^Filter runs/ });
    await search.fill('paper');
    await expect.poll(names).toEqual(['ring']);
    await search.fill('to beat');
    await expect.poll(names).toEqual(['simclr']);
    await search.fill('');
    await shot('runs-tagged');
    await button('Take the tag paper from ring').click();
    await expect.poll(async () => (await engine.call('runs.list', {}))[1]?.tags).toEqual([]);
  });

  it('archives out of every picker, and shows archived runs when asked', async () => {
    const { page } = session;
    await button('Archive second seed').click();
    await page.getByText('“second seed” is archived.').waitFor();
    expect(await names()).toEqual(['simclr', 'ring']);
    await page.keyboard.press('3');
    await button(/^ring/).first().waitFor();
    expect(await page.getByRole('button', { name: /^second seed/ }).count()).toBe(0);
    await page.keyboard.press('5');
    await page.getByRole('checkbox', { name: /^Archived/ }).check();
    await button('Unarchive second seed').click();
    await button('Archive second seed').waitFor();
  });

  it('deletes with undo, by the notice and by Ctrl Z', async () => {
    const { page, engine } = session;
    await button('Delete second seed').click();
    await page.getByText('“second seed” is deleted.').waitFor();
    expect(await names()).toEqual(['simclr', 'ring']);
    await button('Undo').last().click();
    await row('second seed').waitFor();
    await page.getByRole('checkbox', { name: 'Choose second seed' }).focus();
    await page.keyboard.press('Delete');
    await row('second seed').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await row('second seed').waitFor();
    expect(await engine.call('runs.list', {})).toHaveLength(3);
  });

  it('deletes for good after asking', async () => {
    const { page, engine } = session;
    await button('Delete second seed').click();
    await page.getByRole('checkbox', { name: /^Deleted/ }).check();
    await button('Restore second seed').waitFor();
    await button('Delete for good…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This cannot be taken back.').waitFor();
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await row('second seed').waitFor({ state: 'detached' });
    expect(await engine.call('runs.list', { deleted: true })).toHaveLength(2);
  });

  it.each(['Light', 'Dark'])('has nothing serious for axe to find (%s)', async (theme) => {
    const { page } = session;
    await button(theme).click();
    expect(await seriousViolations(page)).toEqual([]);
    await shot(`runs-${theme.toLowerCase()}`);
  });

  it('puts two chosen rows side by side', async () => {
    const { page } = session;
    expect(await button('Put side by side').isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Choose simclr' }).check();
    await page.getByRole('checkbox', { name: 'Choose ring' }).check();
    await button('Put side by side').click();
    await page.getByRole('region', { name: 'Map of simclr' }).waitFor({ timeout: 120_000 });
    await page.getByRole('region', { name: 'Map of ring' }).waitFor();
    await page.getByRole('tab', { name: 'All runs' }).click();
    await row('simclr').waitFor();
  });
});

describe('news that can be answered', () => {
  it('stays while it is pointed at, and leaves by itself afterwards', async () => {
    const { page } = session;
    await page.getByRole('tab', { name: 'All runs' }).click();
    await page.clock.install();
    await button('Archive ring').click();
    const news = page.getByRole('status').filter({ hasText: '“ring” is archived.' });
    await news.hover();
    await page.clock.runFor(60_000);
    expect(await news.count()).toBe(1);
    await page.mouse.move(5, 5);
    await page.clock.runFor(18_000);
    expect(await news.count()).toBe(1);
    await page.clock.runFor(3000);
    await news.waitFor({ state: 'detached' });
  });
});
