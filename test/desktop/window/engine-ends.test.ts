import { existsSync } from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { processesOf, processOf } from './app-processes.ts';
import { startApp, type AppUnderTest } from './app-under-test.ts';
import { openFirstFolder, pictureFolder, waitForLibrary, answerOpenDialog } from './open-folder.ts';

const oneSecond = 1000;

it('starts an engine that was killed again, with the library that was open then', async () => {
  const home = await startApp();
  const first = await pictureFolder(home, 'first');
  await home.close();
  const app = await startApp({ home: home.home, args: [first] });
  await waitForLibrary(app, 'first');
  const second = await pictureFolder(app, 'second');
  await answerOpenDialog(app, second);
  await app.page.getByRole('button', { name: 'Library first: open another folder' }).click();
  await waitForLibrary(app, 'second');
  const before = processOf(app, 'engine');
  process.kill(before, 'SIGKILL');
  await expect
    .poll(() => processesOf(app, 'engine').filter((pid) => pid !== before).length)
    .toBe(1);
  await app.page.getByRole('alert').waitFor({ state: 'detached' });
  await waitForLibrary(app, 'second');
  await expect.poll(() => runningJobs(app)).toBe(0);
});

it('tries three times where the engine cannot start, then says why, and tries again when asked to', async () => {
  const restore = await breakNode();
  onTestFinished(restore);
  const app = await startApp();
  const { page } = app;
  const trouble = page.getByRole('dialog', { name: 'The engine does not start' });
  await trouble.waitFor();
  await trouble
    .getByText('ended 3 times one after the other, the last time with exit code 3')
    .waitFor();
  await trouble.getByText('libmissing.so: cannot open shared object file').waitFor();
  await page.keyboard.press('Escape');
  await trouble.getByRole('button', { name: 'Copy the report' }).click();
  await trouble.getByRole('button', { name: 'Copied, without paths' }).waitFor();
  const report = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toContain('cannot open shared object file');
  expect(report).not.toContain(app.home);
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await trouble.getByRole('button', { name: 'Try again' }).waitFor();
  await restore();
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
  expect(await trouble.count()).toBe(0);
});

it('tells of an engine that does not answer, and starts it anew when asked to', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const stopped = processOf(app, 'engine');
  process.kill(stopped, 'SIGSTOP');
  const list = app.page.getByRole('list', { name: 'Pictures' });
  // These pictures are asked of an engine that never answers.
  await list.evaluate((node) => {
    const scroller = node as unknown as { scrollTop: number; scrollHeight: number };
    scroller.scrollTop = scroller.scrollHeight;
  });
  const banner = app.page.getByRole('alert').filter({ hasText: 'has not answered for' });
  await banner.waitFor();
  await banner.getByRole('button', { name: 'Start it again' }).click();
  await banner.waitFor({ state: 'detached' });
  await expect
    .poll(() => processesOf(app, 'engine').filter((pid) => pid !== stopped).length)
    .toBe(1);
  await app.page.getByRole('alert').waitFor({ state: 'detached' });
  await waitForLibrary(app, 'pictures');
  // What is on the screen is there, though it was asked of the engine that ended.
  const missing = () =>
    app.page
      .evaluate(`[...document.querySelectorAll('[aria-label=Pictures] img')].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return bottom > 0 && top < innerHeight && image.naturalWidth === 0;
    }).length`);
  await expect.poll(missing).toBe(0);
});

it('quits within seconds although the engine is stopped', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  process.kill(processOf(app, 'engine'), 'SIGSTOP');
  const begun = performance.now();
  await app.close();
  expect(performance.now() - begun).toBeLessThan(6 * oneSecond);
});

it('ends the engine with the app, however that ends', async () => {
  const app = await startApp();
  await openFirstFolder(app, await pictureFolder(app, 'pictures'));
  const engine = processOf(app, 'engine');
  app.electron.process().kill('SIGKILL');
  await expect.poll(() => isAlive(engine)).toBe(false);
});

/** Puts a program that fails in the place of the bundled Node; returns what undoes that. */
async function breakNode(): Promise<() => Promise<void>> {
  const { program } = inject('desktopApp');
  const node = join(dirname(program), 'resources/engine/bin/node');
  const aside = `${node}-aside`;
  await rename(node, aside);
  await writeFile(
    node,
    '#!/bin/sh\necho "node: error while loading shared libraries: libmissing.so: cannot open shared object file" >&2\nexit 3\n',
  );
  await chmod(node, 0o755);
  return async () => {
    if (existsSync(aside)) await rename(aside, node);
  };
}

async function runningJobs({ page }: AppUnderTest): Promise<number> {
  return page.getByRole('progressbar').count();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
