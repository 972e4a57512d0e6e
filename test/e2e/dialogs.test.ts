import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runToState, waitForState } from '../contract/wait-for-job.ts';
import { convModel } from '../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../engine/encoders/loaded/write-onnx.ts';
import { seriousViolations } from './accessibility.ts';
import { useAppSession } from './app-session.ts';

const session = useAppSession({
  library: 'no runs',
  prepare: ({ folder }) => {
    mkdirSync(join(folder, '../models'));
    model = join(folder, '../models/dropped.onnx');
    writeOnnx(model, convModel);
    return Promise.resolve();
  },
});
let model = '';

async function shot(name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder) await session.page.screenshot({ path: `${folder}/${name}.png` });
}

/** Drops a file of this name, as from the desktop; true where the page took it and is not left for it. */
function drop(selector: string, name: string): Promise<boolean> {
  return session.page.evaluate(
    `(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], ${JSON.stringify(name)}));
      const target = document.querySelector(${JSON.stringify(selector)});
      const options = { dataTransfer, bubbles: true, cancelable: true };
      const isHeld = !target.dispatchEvent(new DragEvent('dragover', options));
      return !target.dispatchEvent(new DragEvent('drop', options)) && isHeld;
    })()`,
  );
}

beforeAll(async () => {
  const { page } = session;
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
  await page.getByRole('region', { name: 'Encoders', exact: true }).waitFor();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

const encoderDialog = () => session.page.getByRole('dialog', { name: 'Add an encoder' });
const importDialog = () => session.page.getByRole('dialog', { name: 'Import embeddings' });

describe('a file dropped in a browser, which keeps its path', () => {
  it('opens the dialog for encoders, which says so and takes a path', async () => {
    const { page } = session;
    expect(await drop('[aria-label="Encoders"]', 'dropped.onnx')).toBe(true);
    const note = encoderDialog().getByText('A browser does not tell where “dropped.onnx” lies');
    await note.waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousViolations(page)).toEqual([]);
      await shot(`dropped-encoder-${colorScheme}`);
    }
    expect(await drop('dialog[open]', 'other.onnx')).toBe(true);
    await encoderDialog().getByText('where “other.onnx” lies').waitFor();
    await page.keyboard.press('Escape');
    await encoderDialog().waitFor({ state: 'detached' });
  });

  it('is told of in the import dialog, wherever on it', async () => {
    const { page } = session;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('import embeddings');
    await page.keyboard.press('Enter');
    await importDialog().waitFor();
    expect(await drop('dialog[open] footer', 'vectors.parquet')).toBe(true);
    await importDialog().getByText('where “vectors.parquet” lies').waitFor();
    await shot('dropped-import');
    await page.keyboard.press('Escape');
    await importDialog().waitFor({ state: 'detached' });
  });

  it('does not lead away from the app where nothing takes it', async () => {
    expect(await drop('footer[aria-label="Status"]', 'anything.txt')).toBe(true);
    await session.page.getByText('Nothing takes files here.').waitFor();
  });
});

describe('what the dialog for encoders was asked', () => {
  it('goes on when it is closed while it waits, and can be cancelled in it', async () => {
    const { page, engine } = session;
    const input = { name: 'long', epochs: 400, batch: 32, size: 16, device: 'cpu' };
    const training = await engine.call('jobs.start', { kind: 'train', input });
    await page.getByRole('button', { name: 'Add an encoder…' }).click();
    const add = async (): Promise<void> => {
      await encoderDialog().getByRole('textbox').first().fill(model);
      await encoderDialog().getByRole('button', { name: 'Look into it' }).click();
      await encoderDialog().getByRole('button', { name: 'Add this encoder' }).click();
    };
    await add();
    await encoderDialog().getByText('Waits for the jobs before it').waitFor();
    await shot('encoder-waits');
    expect(await seriousViolations(page)).toEqual([]);
    await encoderDialog().getByRole('button', { name: 'Cancel' }).click();
    await encoderDialog().getByText('Cancelled. Nothing of it was saved.').waitFor();
    // The form for trainings lies below: its own button is the only one that starts one.
    await encoderDialog().getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Add an encoder…' }).click();
    const trainings = (await engine.call('jobs.list', {})).filter(({ kind }) => kind === 'train');
    expect(trainings.map(({ job }) => job)).toEqual([training.job]);
    await add();
    await encoderDialog().getByText('Waits for the jobs before it').waitFor();
    await page.keyboard.press('Escape');
    await encoderDialog().waitFor({ state: 'detached' });
    await engine.call('jobs.cancel', { job: training.job });
    await waitForState(engine, training.job, ['cancelled']);
    const list = page.getByRole('list', { name: 'Encoders that were added' });
    await list.getByRole('button', { name: 'Embed the pictures with dropped' }).waitFor();
  });
});

describe('a file dropped on the desktop app, whose preload gives its path', () => {
  beforeAll(async () => {
    await session.page.evaluate(
      `window.negatoscope = { pathOf: () => ${JSON.stringify(model)}, showInFolder: async (path) => {
        window.shownInFolder = path;
        return true;
      } }`,
    );
  });

  it('is looked into at once', async () => {
    expect(await drop('[aria-label="Encoders"]', 'dropped.onnx')).toBe(true);
    await encoderDialog().getByRole('region', { name: 'What was found' }).waitFor();
    expect(await encoderDialog().getByRole('textbox').first().inputValue()).toBe(model);
    await session.page.keyboard.press('Escape');
  });

  it('and what was exported is shown in its folder', async () => {
    const { page, engine } = session;
    const input = { encoder: 'pixels', name: 'pixels' };
    await runToState(engine, 'embed', input);
    // This window did not ask for it.
    await page.getByText('The map of “pixels” is ready.').waitFor();
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('button', { name: /Show .*\.parquet in its folder/ }).click();
    await expect.poll(() => page.evaluate('window.shownInFolder')).toMatch(/exports.*\.parquet$/);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await shot(`exported-${colorScheme}`);
    }
  });
});

describe('an export that waits', () => {
  it('goes on when its dialog is closed, and tells where its file is', async () => {
    const { page, engine } = session;
    await page.keyboard.press('Escape');
    const input = { name: 'longer', epochs: 400, batch: 32, size: 16, device: 'cpu' };
    const training = await engine.call('jobs.start', { kind: 'train', input });
    // A training would wait for the export; a file that is added is not interrupted.
    const adding = await engine.call('jobs.start', { kind: 'addEncoder', input: { path: model } });
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name: /^Runs/ }).check();
    const start = dialog.getByRole('button', { name: 'Export', exact: true });
    await expect.poll(() => start.isEnabled()).toBe(true);
    await start.click();
    await dialog.getByText('Waits for the jobs before it').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).waitFor();
    await shot('export-waits');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await engine.call('jobs.cancel', { job: adding.job });
    await engine.call('jobs.cancel', { job: training.job });
    await page.getByText(/^Written: .*runs\.parquet$/).waitFor();
  });
});
