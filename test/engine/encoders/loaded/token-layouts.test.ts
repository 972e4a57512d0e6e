import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Pooling } from '../../../../src-main/contract/loaded-encoders.ts';
import { EncoderSession } from '../../../../src-main/engine/encoders/loaded/encoder-session.ts';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { tokenLayout } from '../../../../src-main/engine/encoders/loaded/token-layout.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { temporaryFolder } from '../../store/temporary-library.ts';
import { add, smallLibrary, written } from './encoder-jobs.ts';
import { side } from './test-models.ts';
import { tokenLength, tokenModel } from './token-models.ts';

/** A model in a folder of its own, with a config.json. */
function modelFolder(before: number, config: object | null, isFree = true): string {
  const folder = temporaryFolder();
  if (config) writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  mkdirSync(join(folder, 'onnx'));
  written(tokenModel(before, isFree), 'model.onnx', join(folder, 'onnx'));
  return folder;
}

const sides = { mode: 'stretch', resize: side, width: side, height: side } as const;

/** The tokens that ONNX Runtime gives for values, [tokens][16]. */
async function tokensOf(path: string, values: Float32Array): Promise<number[][]> {
  const session = await InferenceSession.create(path);
  const input = new Tensor('float32', values, [1, 3, side, side]);
  const output = (await session.run({ pixel_values: input }))['last_hidden_state']!;
  const flat = [...(output.data as Float32Array)];
  return Array.from({ length: flat.length / tokenLength }, (_, token) =>
    flat.slice(token * tokenLength, (token + 1) * tokenLength),
  );
}

function unitMean(tokens: readonly number[][]): number[] {
  const sum = Array.from({ length: tokenLength }, (_, index) =>
    tokens.reduce((total, token) => total + token[index]!, 0),
  );
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

describe('an open number of tokens is counted by running the model', () => {
  test.each<[string, number, object | null, Pooling, RegExp]>([
    ['no [CLS], as I-JEPA', 0, null, 'mean', /there is no \[CLS\]/],
    ['no [CLS], as the family says', 0, { model_type: 'ijepa' }, 'mean', /there is no \[CLS\]/],
    ['[CLS]', 1, null, 'cls', /stands \[CLS\]/],
    ['[CLS] and four registers', 5, null, 'cls', /\[CLS\] and 4 registers/],
    ['registers alone', 4, null, 'patches', /4 registers and no \[CLS\]/],
    ['[CLS], although the family has none', 1, { model_type: 'siglip' }, 'cls', /stands \[CLS\]/],
  ])('%s', async (_, before, config, pooling, reason) => {
    const library = await smallLibrary();
    const path = modelFolder(before, config);
    const { description } = await add(library, { path, preprocessing: sides });
    expect(description.output).toEqual({ name: 'last_hidden_state', pooling });
    expect(description.outputReason).toMatch(reason);
  });

  test('at a fixed size, by the square that is left', async () => {
    const library = await smallLibrary();
    // 32 x 32 pixels are 4 patches.
    for (const [before, pooling] of [
      [0, 'mean'],
      [1, 'cls'],
      [5, 'cls'],
    ] as const) {
      const { description } = await add(library, {
        path: modelFolder(before, null, false),
        name: `${before} before`,
        preprocessing: sides,
      });
      expect(description.output.pooling).toBe(pooling);
    }
  });

  test('before it has run, the choice is said to be open', async () => {
    const found = await inspectEncoder({ path: modelFolder(0, null), preprocessing: sides });
    expect(found.output.pooling).toBe('auto');
    expect(found.outputs[0]?.poolings[0]).toBe('auto');
    const known = await inspectEncoder({
      path: modelFolder(5, { model_type: 'dinov2_with_registers', num_register_tokens: 4 }),
      preprocessing: sides,
    });
    expect(known).toMatchObject({
      output: { pooling: 'cls' },
      tokens: { cls: true, registers: 4 },
    });
  });

  test('a [CLS] that is asked for and not there is refused', async () => {
    const library = await smallLibrary();
    const output = { name: 'last_hidden_state', pooling: 'cls' } as const;
    await expect(
      add(library, { path: modelFolder(0, null), output, preprocessing: sides }),
    ).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining('has no [CLS] token') as string,
    });
  });
});

describe('registers count for no mean', () => {
  const random = seedRandom(9);
  const bytes = Uint8Array.from({ length: 3 * side * side }, () => random.index(256));

  test.each<[number, Pooling, (tokens: number[][]) => number[][]]>([
    [5, 'mean', ([cls, , , , , ...patches]) => [cls!, ...patches]],
    [5, 'patches', (tokens) => tokens.slice(5)],
    [5, 'cls', (tokens) => tokens.slice(0, 1)],
    [4, 'patches', (tokens) => tokens.slice(4)],
    [1, 'mean', (tokens) => tokens],
    [1, 'patches', (tokens) => tokens.slice(1)],
    [0, 'mean', (tokens) => tokens],
  ])('%d tokens before, %s', async (before, pooling, taken) => {
    const library = await smallLibrary();
    const { description } = await add(library, {
      path: modelFolder(before, null),
      output: { name: 'last_hidden_state', pooling },
      preprocessing: { ...sides, scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
    });
    const session = await EncoderSession.open(description, 'cpu');
    const { vectors } = await session.embed(bytes, 1);
    await session.dispose();
    const planes = Float32Array.from({ length: bytes.length }, (_, index) => {
      const [channel, pixel] = [Math.floor(index / (side * side)), index % (side * side)];
      return bytes[pixel * 3 + channel]! / 255;
    });
    const expected = unitMean(taken(await tokensOf(description.path, planes)));
    for (const [index, value] of expected.entries()) expect(vectors[index]).toBeCloseTo(value, 5);
  });
});

describe('real numbers of tokens', () => {
  const unknown = { patchSize: null, registers: null, cls: null };
  test.each([
    ['ViT-B/16', [197, 224], [50, 112], { cls: true, registers: 0 }],
    ['DINOv2 at 518', [1370, 518], [325, 259], { cls: true, registers: 0 }],
    ['DINOv2 with registers', [261, 224], [69, 112], { cls: true, registers: 4 }],
    ['DINOv3, patches of 16', [201, 224], [54, 112], { cls: true, registers: 4 }],
    ['I-JEPA, patches of 14', [256, 224], [64, 112], { cls: false, registers: 0 }],
    ['SigLIP at 384', [729, 384], [169, 192], { cls: false, registers: 0 }],
    ['DeiT, distilled', [198, 224], [51, 112], { cls: true, registers: 1 }],
  ] as const)('%s', (_, [tokens, width], [fewer, half], expected) => {
    const whole = { tokens, width, height: width };
    expect(tokenLayout(unknown, [whole, { tokens: fewer, width: half, height: half }])).toEqual(
      expected,
    );
    expect(tokenLayout(unknown, [whole])).toEqual(expected);
  });

  test('of a picture that is not square, by the side of a patch', () => {
    const count = { tokens: 14 * 28 + 5, width: 448, height: 224 };
    expect(tokenLayout({ ...unknown, patchSize: 16 }, [count])).toEqual({
      cls: true,
      registers: 4,
    });
    expect(tokenLayout(unknown, [count])).toBeNull();
  });

  test('of Swin, whose last patches are larger than its first', () => {
    const count = { tokens: 49, width: 224, height: 224 };
    const facts = { patchSize: 4, registers: 0, cls: false };
    expect(tokenLayout(facts, [count])).toEqual({ cls: false, registers: 0 });
  });

  test('registers of a number that config.json states', () => {
    const count = { tokens: 196 + 9, width: 224, height: 224 };
    expect(tokenLayout({ patchSize: 16, registers: 8, cls: true }, [count])).toEqual({
      cls: true,
      registers: 8,
    });
  });
});
