import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { openInThreads } from '../../../src-main/engine/graph/program-threads.ts';
import type { StatelessProgram } from '../../../src-main/engine/graph/program-threads.ts';
import type { ProgramSpec } from '../../../src-main/engine/graph/program.ts';

/** Row sums of x · x, with numbers that no two orders of adding up give alike. */
const spec: ProgramSpec = {
  name: 'sums',
  inputs: [{ name: 'x', shape: [64, 64], dtype: 'float' }],
  build: ({ x }) => ({ sums: tf.sum(tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D), 1) }),
};
const feed = (factor: number): Float32Array =>
  Float32Array.from({ length: 64 * 64 }, (_, at) => Math.sin(at * factor) / 3);

describe('a program in threads', () => {
  let threads: StatelessProgram[] = [];
  beforeAll(async () => {
    threads = await openInThreads(spec, 3);
  });
  afterAll(async () => {
    await Promise.all(threads.map((thread) => thread.dispose()));
  });

  it('gives the same bits as in one, each run its own', async () => {
    const factors = [1, 2, 3, 4, 5, 6, 7];
    const found = await Promise.all(
      factors.map((factor, at) => threads[at % 3]!.run({ x: feed(factor) })),
    );
    const alone = await compileProgram(spec, 'cpu', { threads: 2 });
    for (const [at, factor] of factors.entries()) {
      const { sums } = await alone.run({ x: feed(factor) });
      expect(found[at]!['sums']).toEqual(sums);
    }
    await alone.dispose();
    expect(found[0]!['sums']).not.toEqual(found[1]!['sums']);
  });

  it('takes its feeds over, and says what is wrong with them', async () => {
    const x = feed(1);
    await threads[0]!.run({ x });
    expect(x).toHaveLength(0);
    await expect(threads[0]!.run({ x: new Float32Array(3) })).rejects.toThrow(
      "The program 'sums' was fed 3 numbers in a Float32Array as 'x'",
    );
    expect((await threads[0]!.run({ x: feed(1) }))['sums']!.shape).toEqual([64]);
  });

  it('refuses runs once it has ended, and answers those before', async () => {
    const [thread] = (await openInThreads(spec, 1)) as [StatelessProgram];
    const last = thread.run({ x: feed(2) });
    const ended = thread.dispose();
    expect((await last)['sums']!.shape).toEqual([64]);
    await ended;
    await expect(thread.run({ x: feed(2) })).rejects.toThrow('ended before its work');
  });

  it('is not opened where it cannot be traced', async () => {
    const reading = {
      ...spec,
      build: ({ x }: Record<string, tf.Tensor>) => ({ y: tf.topk(x!, x!.dataSync()[0]).values }),
    };
    await expect(openInThreads(reading, 2)).rejects.toMatchObject({
      code: 'unsupported-operation',
    });
  });
});
