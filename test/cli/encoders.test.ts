import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';
import { convModel } from '../engine/encoders/loaded/test-models.ts';
import { writeOnnx } from '../engine/encoders/loaded/write-onnx.ts';
import { runCli } from './run-cli.ts';

let home: string;
let folder: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'negatoscope-encoders-'));
  folder = join(home, 'small-vit');
  mkdirSync(folder);
  writeOnnx(join(folder, 'model.onnx'), convModel);
  const json = { image_processor_type: 'ViTImageProcessor', size: 32, resample: 2, do_sharpen: 1 };
  writeFileSync(join(folder, 'preprocessor_config.json'), JSON.stringify(json));
});

afterAll(() => rm(home, { recursive: true, force: true }));

it('says of a folder what of its preprocessing is read and what assumed', async () => {
  const { stdout } = await runCli(home, ['encoders', folder]);
  expect(stdout).toMatch(/resize +stretch 32 to 32 x 32, linear/);
  expect(stdout).toMatch(/values +rgb, scale 0\.0039\d+, mean 0\.5 0\.5 0\.5, std 0\.5 0\.5 0\.5/);
  expect(stdout).toMatch(/because +Read from preprocessor_config\.json .*ViTImageProcessor/);
  expect(stdout).toMatch(/assumed +preprocessor_config\.json does not have rescale_factor/);
  expect(stdout).toMatch(/assumed +Not understood in preprocessor_config\.json.*do_sharpen/);
});

it('says it before a path’s pictures are embedded, too', async () => {
  const library = ['--library', join(home, 'emoji.sqlite')];
  await runCli(home, [...library, 'scan', emojiFolder]);
  const embed = [...library, 'embed', '--encoder', folder, '--device', 'cpu'];
  const { code, stderr, stdout } = await runCli(home, embed);
  expect(code).toBe(0);
  expect(stderr).toContain('preprocessing: Read from preprocessor_config.json');
  expect(stderr).toContain('preprocessing: Not understood in preprocessor_config.json');
  expect(stdout).toContain('96 pictures embedded in 16 dimensions');
});
