import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState, waitForState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: ({ engine }) => runToState(engine, 'train', { ...settings, name: 'short', epochs: 3 }),
});
const settings = { batch: 32, size: 16, device: 'cpu', ledgerSize: 0 };

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

beforeAll(async () => {
  const { page } = session;
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('the training page', () => {
  it('draws the rates, alignment and uniformity of every epoch', async () => {
    const { page, engine } = session;
    const { epochMetrics } = await engine.call('runs.history', { run: 'short' });
    const epochsWith = (metric: string) =>
      epochMetrics.filter(({ name }) => name === metric).length;
    expect(epochsWith('alignment')).toBeGreaterThan(0);
    // The alignment is not measured before the first step.
    expect(epochsWith('uniformity')).toBe(epochsWith('alignment') + 1);
    await page.getByRole('img', { name: 'Rates by epoch' }).waitFor();
    const chart = page.getByRole('img', { name: 'Alignment, uniformity by epoch' });
    await chart.waitFor();
    const paths = await chart.locator('path').all();
    const lines = await Promise.all(
      paths.map(async (path) => (await path.getAttribute('d'))?.match(/[ML]/g)?.length),
    );
    expect(lines).toEqual([epochsWith('alignment'), epochsWith('uniformity')]);
    expect(await seriousViolations(page)).toEqual([]);
    await shot('train-curves');
  });

  it('shows the trainings under way and queued, and cancels each', async () => {
    const { page, engine } = session;
    const jobs = [];
    for (const name of ['first', 'second']) {
      const input = { ...settings, name, epochs: 2000 };
      jobs.push(await engine.call('jobs.start', { kind: 'train', input }));
    }
    const queue = page.getByRole('list', { name: 'Trainings under way and queued' });
    const waiting = queue.getByRole('listitem').filter({ hasText: 'waits for those before it' });
    await waiting.getByRole('button', { name: 'Cancel' }).waitFor();
    await shot('train-queue');
    expect(await seriousViolations(page)).toEqual([]);
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waitForState(engine, jobs[1]?.job ?? 0, ['cancelled']);
    await queue.waitFor({ state: 'detached' });
    await engine.call('jobs.cancel', { job: jobs[0]?.job ?? 0 });
    await waitForState(engine, jobs[0]?.job ?? 0, ['cancelled']);
  });
});
