import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitForState } from '../contract/wait-for-job.ts';
import { convModel, vitModel } from '../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../engine/encoders/loaded/write-onnx.ts';
import { useAppSession } from './app-session.ts';
import { lookAt } from './look-at.ts';

const session = useAppSession({ library: 'no runs' });
let models = '';

beforeAll(async () => {
  const { page, folder } = session;
  models = join(folder, '../models');
  mkdirSync(models);
  writeOnnx(join(models, 'little.onnx'), convModel);
  writeOnnx(join(models, 'transformer.onnx'), vitModel);
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Train').click();
});

afterEach(() => {
  expect(session.troubles).toEqual([]);
});

describe('an encoder that was made elsewhere', () => {
  it('is looked into before it is added: outputs, preprocessing, a picture as it sees it', async () => {
    const { page } = session;
    await page.getByRole('button', { name: 'Add an encoder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an encoder' });
    await dialog.getByRole('textbox').fill(join(models, 'transformer.onnx'));
    await dialog.getByRole('button', { name: 'Look into it' }).click();
    const found = dialog.getByRole('region', { name: 'What was found' });
    await found.getByText('pixel_values').waitFor();
    expect(await found.getByLabel('Output').locator('option').allTextContents()).toHaveLength(4);
    await found.getByText(/ImageNet’s mean and deviation/).waitFor();
    const assumed = found.getByRole('list', { name: 'What is assumed' });
    await assumed.getByText(/All of it is assumed: resize side 256, 224 x 224/).waitFor();
    await found.getByRole('img', { name: /as the encoder gets it/ }).waitFor();
    await lookAt(page, 'encoder-found');
    await found.getByRole('combobox', { name: 'Resize' }).selectOption('stretch');
    await found.getByText(/whole picture is stretched/).waitFor();
    await found.getByLabel('Beyond the picture').selectOption('black');
    await found.getByLabel('Order of channels').selectOption('bgr');
    await found.getByRole('combobox', { name: 'Odd margin' }).selectOption('even');
    await found.getByText(/odd pixel of the margins goes .* torchvision/).waitFor();
  });

  it('is refused in a sentence when it is none', async () => {
    const { page, folder } = session;
    const dialog = page.getByRole('dialog', { name: 'Add an encoder' });
    await dialog.getByRole('textbox').fill(join(folder, 'broken.png'));
    await dialog.getByRole('button', { name: 'Look into it' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/is not an ONNX model/)
      .waitFor();
  });

  it('is added with its self-test, embeds, and is a run with a map', async () => {
    const { page, engine } = session;
    const dialog = page.getByRole('dialog', { name: 'Add an encoder' });
    await dialog.getByRole('textbox').fill(join(models, 'little.onnx'));
    await dialog.getByRole('button', { name: 'Look into it' }).click();
    await dialog.getByRole('button', { name: 'Add this encoder' }).click();
    const test = dialog.getByRole('list', { name: 'Self-test' });
    await test.getByText(/16 pictures at once/).waitFor();
    await lookAt(page, 'encoder-added');
    await dialog.getByRole('button', { name: 'Embed the pictures with little' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/The map of “little” is ready/).waitFor();
    const list = page.getByRole('list', { name: 'Encoders that were added' });
    await list.getByRole('button', { name: 'Embed again with little' }).waitFor();
    await list.getByText('see what is assumed').click();
    await list.getByText(/ImageNet’s mean and deviation/).waitFor();
    await list.getByText('Self-test').click();
    await list.getByText(/16 pictures at once/).waitFor();
    const jobs = await engine.call('jobs.list', {});
    const embedded = jobs.find(({ kind }) => kind === 'embed')!;
    await waitForState(engine, embedded.job, ['done']);
    const [run] = await engine.call('runs.list', {});
    expect(run).toMatchObject({ name: 'little', kind: 'loaded', embedded: true, mapped: true });
  });
});

describe('a head on an added encoder', () => {
  it('is one click away, embeds first, and trains with the objective that was chosen', async () => {
    const { page, engine } = session;
    await page.getByRole('button', { name: 'Add an encoder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an encoder' });
    await dialog.getByRole('textbox').fill(join(models, 'transformer.onnx'));
    await dialog.getByRole('button', { name: 'Look into it' }).click();
    for (const side of ['width', 'height', 'resize'])
      await dialog.getByLabel(`${side} (px)`).fill('32');
    await dialog.getByRole('button', { name: 'Add this encoder' }).click();
    await dialog.getByRole('button', { name: 'Train a head on transformer' }).click();
    await dialog.waitFor({ state: 'detached' });
    const form = page.getByRole('complementary', { name: 'New training' });
    const on = form.getByLabel('On the frozen features of');
    expect(await on.locator('option:checked').textContent()).toMatch(/transformer: embedded first/);
    await form.getByRole('radio', { name: /Hard negatives/ }).check();
    await form.getByLabel('Name of the run').fill('head');
    await form.getByLabel('Kept views').fill('4');
    await form.getByRole('spinbutton', { name: 'Epochs' }).fill('3');
    await form.getByRole('spinbutton', { name: 'Batch' }).fill('32');
    await form.getByText(/Before the first step 4 views of each of 96 pictures/).waitFor();
    await on.scrollIntoViewIfNeeded();
    await lookAt(page, 'head-form');
    await form.getByRole('button', { name: /steps$/ }).click();
    await page.getByText('The map of “head” is ready.').waitFor({ timeout: 120_000 });
    const runs = await engine.call('runs.list', {});
    expect(runs.find(({ name }) => name === 'transformer')).toMatchObject({
      ...{ kind: 'loaded', embedded: true },
    });
    expect(runs.find(({ name }) => name === 'head')).toMatchObject({
      ...{ kind: 'trained', encoder: 'head', objective: 'hard', epochs: 3, embedded: true },
    });
    await page
      .getByText(/head on transformer · 4 kept views/)
      .first()
      .waitFor();
    await lookAt(page, 'head-trained');
  });

  it('stands beside fine-tuning, whose kept views are of the layers that are not trained', async () => {
    const { page } = session;
    const form = page.getByRole('complementary', { name: 'New training' });
    const encoder = form.locator('select', { hasText: 'Fine-tuning: another encoder' });
    await encoder.selectOption('finetune');
    await form.getByLabel('Goes on from the weights of').selectOption('starter');
    const layers = form.getByLabel('Trained from layer');
    await layers.locator('option', { hasText: 'extern1' }).waitFor({ state: 'attached' });
    const kept = form.getByLabel('Kept views');
    expect(await kept.inputValue()).toBe('0');
    await layers.selectOption('extern1');
    await form.getByRole('spinbutton', { name: 'Size' }).fill('32');
    await kept.fill('4');
    await form
      .getByText(/: 4 views of each picture go through it before the first step.* in the library/)
      .waitFor({ timeout: 60_000 });
    await layers.selectOption('Conv');
    await kept.and(page.locator(':disabled')).waitFor();
    expect(await kept.inputValue()).toBe('0');
    await layers.selectOption('extern1');
    await kept.fill('4');
    await kept.scrollIntoViewIfNeeded();
    await lookAt(page, 'kept-views-of-tuning');
    await encoder.selectOption('head');
  });

  it('leaves by the export dialog as one file, which ONNX Runtime runs alone', async () => {
    const { page, folder } = session;
    const out = join(folder, '../heads');
    mkdirSync(out, { recursive: true });
    await page.getByRole('navigation', { name: 'Pages' }).getByText('Explore').click();
    const runs = page.getByRole('complementary', { name: 'Runs and labels' });
    await runs.getByRole('button', { name: /^head/ }).click();
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('radio', { name: /^Encoder/ }).check();
    await dialog.getByLabel('Folder on the engine’s machine').fill(out);
    const file = join(out, 'head-encoder.onnx');
    await dialog.getByText(file).waitFor();
    await dialog.getByText('[batch, 32, 32, 3]').waitFor();
    await lookAt(page, 'head-export');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const files = dialog.getByRole('list', { name: 'Files that were written' });
    await files.getByText('head-encoder.onnx').waitFor();
    await files.getByText('head-encoder.md').waitFor();
    const rgb = await sharp(join(folder, 'animal-mammal/1f401__noto.png'))
      .flatten({ background: '#fff' })
      .removeAlpha()
      .resize(32, 32)
      .raw()
      .toBuffer();
    const model = await InferenceSession.create(file);
    expect(model.inputNames).toEqual(['images']);
    const { h, z } = await model.run({ images: new Tensor('uint8', rgb, [1, 32, 32, 3]) });
    for (const output of [h, z]) {
      const values = output!.data as Float32Array;
      expect(Math.hypot(...values)).toBeGreaterThan(0);
      expect(new Set(values).size).toBeGreaterThan(values.length / 2);
    }
  });
});
