import { beforeAll, expect, it } from 'vitest';
import { waitForState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

beforeAll(async () => {
  await session.page.getByRole('list', { name: /^Labels: click/ }).waitFor();
});

it('says that the engine is gone, finds the new one, and has lost nothing', async () => {
  const { page, engine } = session;
  await page.keyboard.press('/');
  await page.keyboard.type('1f413__noto');
  await page.keyboard.press('Enter');
  const anchor = page.getByRole('img', { name: /The anchor: .*1f413__noto/ });
  await anchor.waitFor();
  const input = { name: 'long', epochs: 400, batch: 32, size: 16, device: 'cpu' };
  const { job } = await engine.call('jobs.start', { kind: 'train', input });
  const done = async () =>
    (await session.engine.call('jobs.list', {})).find((one) => one.job === job)?.progress ?? 0;
  await expect.poll(done).toBeGreaterThan(0);
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
  await page.getByRole('main', { name: 'train' }).waitFor();

  const address = await session.restart();
  const banner = page.getByRole('alert').filter({ hasText: 'tries to connect again' });
  await banner.waitFor();
  await banner.filter({ hasText: 'does not know this page’s token' }).waitFor();
  await page.evaluate(`location.hash = ${JSON.stringify(new URL(address).hash)}`);
  await banner.waitFor({ state: 'detached' });

  await page.getByRole('main', { name: 'train' }).waitFor();
  const before = await done();
  await expect.poll(done).toBeGreaterThan(before);
  await page.getByRole('progressbar', { name: /long/ }).first().waitFor();
  await page.keyboard.press('3');
  await anchor.waitFor();
  await session.engine.call('jobs.cancel', { job });
  await waitForState(session.engine, job, ['cancelled']);
  expect(session.troubles).toEqual([]);
});
