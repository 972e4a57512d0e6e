import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { emojiFolder } from '../../contract/engine-shells.ts';
import { appEnvironment, startApp, startArguments, type AppUnderTest } from './app-under-test.ts';
import { processesOf, processOf } from './app-processes.ts';
import { engineOfApp, startLongTraining } from './engine-of-app.ts';

interface Asked {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** Notes what the message boxes ask, and answers with a button. */
async function answerBoxes({ electron }: AppUnderTest, button: string, isRemembered = false) {
  await electron.evaluate(
    ({ dialog }, [wanted, checkboxChecked]) => {
      const world = globalThis as unknown as { asked?: Asked[] };
      world.asked ??= [];
      const show = (...given: unknown[]) => {
        const { message, buttons } = given.at(-1) as Asked;
        world.asked?.push({ message, buttons });
        return Promise.resolve({ response: buttons.indexOf(wanted), checkboxChecked });
      };
      Object.assign(dialog, { showMessageBox: show });
    },
    [button, isRemembered] as const,
  );
}

const asked = ({ electron }: AppUnderTest): Promise<readonly Asked[]> =>
  electron.evaluate(() => (globalThis as unknown as { asked?: Asked[] }).asked ?? []);

const windows = ({ electron }: AppUnderTest): Promise<number> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

async function closeWindow({ electron }: AppUnderTest): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

const sleepIsBlocked = ({ electron }: AppUnderTest): Promise<boolean> =>
  electron.evaluate(({ powerSaveBlocker }) =>
    [...Array(20).keys()].some((id) => powerSaveBlocker.isStarted(id)),
  );

it('a quit during a training asks; in the background it goes on, and the app ends with it', async () => {
  const app = await startApp({ args: [emojiFolder] });
  const engine = await engineOfApp(app);
  const job = await startLongTraining(engine);
  await expect.poll(() => sleepIsBlocked(app)).toBe(true);

  await answerBoxes(app, 'Cancel');
  await closeWindow(app);
  await expect.poll(async () => (await asked(app)).length).toBe(1);
  const [{ message, buttons } = { message: '', buttons: [] }] = await asked(app);
  expect(message).toMatch(/^Quit while “.*long.*” is at \d+\s%\?$/);
  expect(buttons).toEqual(['Quit; It Goes On Next Time', 'Keep On in the Background', 'Cancel']);
  expect(await windows(app)).toBe(1);

  await answerBoxes(app, 'Keep On in the Background', true);
  await closeWindow(app);
  await expect.poll(() => windows(app)).toBe(0);
  const kept = JSON.parse(
    await readFile(join(app.home, 'user/preferences.json'), 'utf8'),
  ) as object;
  expect(kept).toMatchObject({ atQuit: 'background' });
  expect(await sleepIsBlocked(app)).toBe(true);

  // A second start shows the window again.
  const { program, display } = inject('desktopApp');
  const reopened = app.electron.waitForEvent('window');
  const second = spawn(program, startArguments(app.home), {
    env: appEnvironment(app.home, display),
    stdio: 'ignore',
  });
  await once(second, 'exit');
  const page = await reopened;
  await page.getByText('96 pictures · 8 labels').waitFor();

  // The answer is remembered.
  await closeWindow(app);
  await expect.poll(() => windows(app)).toBe(0);
  expect(await asked(app)).toHaveLength(2);
  const ended = once(app.electron.process(), 'exit');
  await engine.call('jobs.cancel', { job });
  await ended;
});

it('a training that a quit interrupted goes on at the next start', async () => {
  const first = await startApp({ args: [emojiFolder] });
  const job = await startLongTraining(await engineOfApp(first));
  await answerBoxes(first, 'Quit; It Goes On Next Time');
  const ended = once(first.electron.process(), 'exit');
  await closeWindow(first);
  await ended;
  const second = await startApp({ home: first.home });
  const engine = await engineOfApp(second);
  const state = async () =>
    (await engine.call('jobs.list', {})).find((one) => one.job === job)?.state;
  await expect.poll(state).toBe('running');

  // Neither a terminal nor the end of a session waits for an answer.
  const { pid } = second.electron.process();
  if (pid === undefined) throw new Error('The app has no process.');
  const killed = once(second.electron.process(), 'exit');
  process.kill(pid, 'SIGTERM');
  await killed;
});

it('goes on in the background with an engine that was killed', async () => {
  const app = await startApp({ args: [emojiFolder] });
  const engine = await engineOfApp(app);
  const job = await startLongTraining(engine);
  await app.electron.evaluate(({ Tray }) => {
    const world = globalThis as unknown as { tips: string[] };
    world.tips = [];
    Tray.prototype.setToolTip = (tip) => void world.tips.push(tip);
  });
  await answerBoxes(app, 'Keep On in the Background');
  await closeWindow(app);
  await expect.poll(() => windows(app)).toBe(0);
  const tips = (): Promise<string[]> =>
    app.electron.evaluate(() => (globalThis as unknown as { tips: string[] }).tips);
  await expect
    .poll(async () => (await tips()).at(-1))
    .toMatch(/^Negatoscope: “.*long.*” is at \d+\s%\.$/);
  const before = processOf(app, 'engine');
  process.kill(before, 'SIGKILL');
  await expect.poll(() => processesOf(app, 'engine').some((id) => id !== before)).toBe(true);
  const again = await engineOfApp(app);
  const state = async () =>
    (await again.call('jobs.list', {})).find((one) => one.job === job)?.state;
  await expect.poll(state).toBe('running');
  const ended = once(app.electron.process(), 'exit');
  await again.call('jobs.cancel', { job });
  await ended;
});

it('shows progress, and tells the end of a long job to who looks elsewhere', async () => {
  const app = await startApp({ args: [emojiFolder] });
  const { electron, page } = app;
  await electron.evaluate(({ BrowserWindow, Notification }) => {
    const world = globalThis as unknown as { bars: [number, string][]; told: object[] };
    world.bars = [];
    world.told = [];
    const [window] = BrowserWindow.getAllWindows();
    if (window) window.setProgressBar = (value, more) => world.bars.push([value, more?.mode ?? '']);
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      world.told.push(this);
    };
    BrowserWindow.getFocusedWindow = () => null;
  });
  const engine = await engineOfApp(app);
  const job = await startLongTraining(engine);
  const lastBar = (): Promise<[number, string] | undefined> =>
    electron.evaluate(() => (globalThis as unknown as { bars: [number, string][] }).bars.at(-1));
  await expect.poll(async () => (await lastBar())?.[1]).toBe('normal');
  await engine.call('jobs.pause', { job });
  await expect.poll(async () => (await lastBar())?.[1]).toBe('paused');
  await expect.poll(() => sleepIsBlocked(app)).toBe(false);
  await engine.call('jobs.resume', { job });
  await expect.poll(() => sleepIsBlocked(app)).toBe(true);
  await engine.call('jobs.cancel', { job });
  await expect.poll(lastBar).toEqual([-1, 'none']);

  // To the app's clock it runs for a minute more than it does.
  const short = await engine.call('jobs.start', {
    kind: 'train',
    input: { name: 'short', batch: 32, size: 16, epochs: 8, device: 'cpu' },
  });
  const state = async () =>
    (await engine.call('jobs.list', {})).find((one) => one.job === short.job)?.state;
  await expect.poll(state).toBe('running');
  await expect.poll(() => sleepIsBlocked(app)).toBe(true);
  await electron.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 61_000;
  });
  const titles = (): Promise<string[]> =>
    electron.evaluate(() =>
      (globalThis as unknown as { told: { title: string }[] }).told.map(({ title }) => title),
    );
  await expect
    .poll(titles, { timeout: 120_000 })
    .toEqual([expect.stringMatching(/^“.*short.*” is done$/)]);
  await page.keyboard.press('1');
  await page.getByRole('main', { name: 'library' }).waitFor();
  await electron.evaluate(() =>
    (globalThis as unknown as { told: { emit(name: string): void }[] }).told[0]?.emit('click'),
  );
  await page.getByRole('main', { name: 'train' }).waitFor();
});
