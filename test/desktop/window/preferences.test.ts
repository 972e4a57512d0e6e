import { mkdir, readdir, readFile } from 'node:fs/promises';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { seriousViolations } from '../../e2e/accessibility.ts';
import { newHome, startApp } from './app-under-test.ts';
import { clickMenu } from './menu-item.ts';
import { giveToOrdinaryUser } from './ordinary-user.ts';

/** The settings that the engine's process of an app was started with, by the system's list of processes. */
function engineSettings(home: string): unknown {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const line = commandLine(id);
    const [, entry = '', start = ''] = line;
    if (!entry.endsWith('engine-process.js') || !start.includes(home)) continue;
    const { settings } = JSON.parse(start) as { settings: unknown };
    return settings;
  }
  return null;
}

function commandLine(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

it.runIf(process.platform === 'linux')(
  'are kept, and the engine computes with them once it starts anew',
  async () => {
    const home = await newHome();
    const libraries = join(home, 'my libraries');
    await mkdir(libraries);
    giveToOrdinaryUser(libraries);
    const app = await startApp({ home });
    const { electron, page } = app;
    await page.getByRole('button', { name: 'The engine runs on this computer: change' }).waitFor();
    await expect.poll(() => engineSettings(home)).not.toBeNull();
    expect(engineSettings(home)).toMatchObject({
      libraryFolder: null,
      threads: null,
      device: 'auto',
    });

    await electron.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
    }, libraries);
    await clickMenu(app, 'Preferences…');
    const dialog = page.getByRole('dialog', { name: 'Preferences' });
    await dialog.getByText(join(home, 'data/libraries')).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    await dialog.getByText(libraries).waitFor();
    await dialog.getByLabel('Threads').selectOption({ label: 'At most 1' });
    await dialog.getByLabel('Device').selectOption('cpu');
    await dialog.getByRole('radio', { name: 'Keep on in the background' }).check();
    await page.keyboard.press('Enter');
    await dialog.getByText('The engine has to start anew').waitFor();
    // The button that was pressed is gone; this one has its place.
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });

    const inForce = { libraryFolder: libraries, threads: 1, device: 'cpu' };
    await expect.poll(() => engineSettings(home)).toMatchObject(inForce);
    const kept = JSON.parse(await readFile(join(home, 'user/preferences.json'), 'utf8')) as unknown;
    expect(kept).toEqual({ ...inForce, atQuit: 'background' });

    await electron.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
    }, emojiFolder);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByText('96 pictures · 8 labels').waitFor();
    expect((await readdir(libraries)).some((name) => /^emoji-.*\.sqlite$/.test(name))).toBe(true);

    // Nothing of the engine's is changed, so that nothing has to start anew.
    await clickMenu(app, 'Preferences…');
    await dialog.getByRole('radio', { name: 'Ask', exact: true }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
  },
);

it('that cannot be read are as they are at first, one by one', async () => {
  const home = await newHome();
  await mkdir(join(home, 'user'));
  const file = join(home, 'user/preferences.json');
  writeFileSync(file, JSON.stringify({ threads: 'many', device: 'cpu', atQuit: 'resume-later' }));
  giveToOrdinaryUser(home);
  const app = await startApp({ home });
  await app.page.getByRole('button', { name: /The engine runs on/ }).waitFor();
  await clickMenu(app, 'Preferences…');
  const dialog = app.page.getByRole('dialog', { name: 'Preferences' });
  expect(await dialog.getByLabel('Threads').inputValue()).toBe('');
  expect(await dialog.getByLabel('Device').inputValue()).toBe('cpu');
  expect(await dialog.getByRole('radio', { name: /goes on at the next start/ }).isChecked()).toBe(
    true,
  );
});
