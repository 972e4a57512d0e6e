import { afterEach, expect, it } from 'vitest';
import { runToState } from '../contract/wait-for-job.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({ library: 'raw pixels' });

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

it('another background reaches the thumbnails of a map that was drawn before', async () => {
  const { page, engine } = session;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
  await expect.poll(() => asked.some((url) => /\/thumbnail\/[0-9a-f]+$/.test(url))).toBe(true);
  // Without an anchor nothing in Explore but the map shows pictures.
  await runToState(engine, 'decodeAgain', { background: 'black' });
  await expect
    .poll(() => asked.some((url) => /\/thumbnail\/[0-9a-f]+\?on=black$/.test(url)), {
      timeout: 20_000,
    })
    .toBe(true);
});
