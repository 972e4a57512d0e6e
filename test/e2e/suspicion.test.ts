import { expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: async ({ engine }) => {
    const training = { epochs: 3, batch: 32, size: 16, device: 'cpu', ledgerSize: 8, seed: 2 };
    const named = { ...training, name: 'short', objective: 'hard' };
    expect(await runToState(engine, 'train', named)).toMatchObject({ state: 'done' });
    await runToState(engine, 'map', { run: 'short', seed: 1 });
  },
});

it('says how far suspicion can be trusted, and takes the probability that it begins from', async () => {
  const { page, engine } = session;
  const { hashes } = await engine.call('library.samples', {});
  await page.reload();
  await page.getByRole('button', { name: /^short/ }).waitFor();
  await page.evaluate(`location.hash = '#anchor=${hashes[0]}&run=1'`);
  await page.getByRole('img', { name: /^The anchor:/ }).waitFor();
  await page.getByText('How far suspicion can be trusted').click();
  await page.getByText(/^Measured on/).waitFor();
  const text = (await page.getByRole('complementary', { name: 'Anchor' }).textContent()) ?? '';
  // 96 labelled pictures: each pair counts from either side.
  expect(text).toMatch(/Measured on 9,120 pairs .* seen from 96 pictures/);
  const rows = page.getByRole('table', { name: /^Predicted probability/ }).getByRole('row');
  expect(await rows.count()).toBeGreaterThan(2);
  await page.getByRole('spinbutton', { name: 'Suspected from' }).fill('20');
  await page.keyboard.press('Tab');
  await page.getByText('P(false | rank) from 20 %').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'the run’s own' }).click();
  await page.getByText('P(false | rank) from 33 %').waitFor();
  await page.getByText('How far suspicion can be trusted').click();
});
