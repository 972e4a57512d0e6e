import { expect, it } from 'vitest';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

it('is explained by the loss of the knobs, with the picture itself as its positive', async () => {
  const { page, engine } = session;
  const [hash = ''] = (await engine.call('library.samples', {})).hashes;
  await page.getByRole('button', { name: /^raw/ }).waitFor();
  await page.evaluate(`location.hash = '#anchor=${hash}&run=1'`);
  const card = page.getByRole('region', { name: 'The anchor', exact: true });
  await card.getByText('loss by the knobs').waitFor();
  await card.getByText('Positive: the picture itself').waitFor();
  expect(await card.getByRole('img', { name: 'First view of the anchor' }).count()).toBe(0);
  expect(await card.getByRole('button', { name: 'Draw other views' }).count()).toBe(0);
  await page.getByText('“Hard negatives (HCL)”').waitFor();
  const objective = page.getByRole('combobox', { name: 'Explain as if trained with' });
  expect((await objective.textContent()) ?? '').not.toContain('VICReg');
  await objective.selectOption('fnc');
  await page.getByText('What this objective takes for false negatives').waitFor();
  expect(session.troubles).toEqual([]);
});
