import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { processorBlock } from '../../../src-main/engine/graph/channel-block.ts';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { recordGraph } from '../../../src-main/engine/graph/trace.ts';
import { flatLength, startValues } from '../../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { peerAdam, peerTrainStepSpec } from '../../bench/train-step-spec.ts';
import { blockedCases, largeCase } from './blocked-cases.ts';
import { expectClose, feedsOf, programOf, runOn, spread } from './compare-devices.ts';
import { narrowResnet } from './narrow-resnet.ts';

/** Operators of a case, with their set where it is not ONNX's own. */
function operatorsOf(name: string, channelBlock: number): string[] {
  const testCase = blockedCases.find((candidate) => candidate.name === name);
  const { nodes } = recordGraph(programOf(testCase!), { channelBlock });
  return nodes.map(({ domain, operator }) => (domain ? `${domain}.${operator}` : operator));
}

const blocked = 'com.microsoft.nchwc.Conv';
const count = (operators: string[], wanted: string): number =>
  operators.filter((operator) => operator === wanted).length;

describe('operators of the cpu', () => {
  it('are blocked for a convolution and for the gradient by its pictures', () => {
    const operators = operatorsOf('3 x 3', 16);
    expect(count(operators, blocked)).toBe(2);
    expect(operators).not.toContain('ConvTranspose');
  });

  it('are blocked for strides too', () => {
    const operators = operatorsOf('3 x 3, stride 2, torch’s pads', 8);
    expect(count(operators, blocked)).toBe(2);
    expect(operators).not.toContain('ConvTranspose');
    expect(operatorsOf('3 x 3, stride 2, an odd side', 8)).toContain('ConvTranspose');
  });

  it('are blocked for a depthwise convolution and its gradients', () => {
    for (const name of ['depthwise 3 x 3', 'depthwise 5 x 5, stride 2, an odd side']) {
      const operators = operatorsOf(name, 8);
      expect(count(operators, blocked)).toBe(3);
      expect(operators).not.toContain('Conv');
      expect(operators).not.toContain('ConvTranspose');
    }
  });

  it('are ONNX’s own where the filter is constant, which ONNX Runtime blocks by itself', () => {
    const { nodes } = recordGraph(
      {
        name: 'constant filter',
        inputs: [{ name: 'x', shape: [1, 16, 16, 16], dtype: 'float' }],
        build: ({ x }) => {
          const filter = tf.tensor(spread(9 * 16 * 16), [3, 3, 16, 16]);
          const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same');
          return { y: tf.add(tf.mul(y, tf.tensor1d(spread(16))), tf.tensor1d(spread(16, 2))) };
        },
      },
      { channelBlock: 8 },
    );
    expect(nodes.filter(({ domain }) => domain !== undefined)).toEqual([]);
    expect(nodes.map(({ operator }) => operator)).toContain('Mul');
  });

  it('take a scale and a shift per channel as one convolution', () => {
    const operators = operatorsOf('scale and shift of every channel', 8);
    // One is the gradient of what puts channels first.
    expect(count(operators, 'Conv')).toBe(2);
    expect(operators).not.toContain('Add');
    expect(operatorsOf('scale, shift and a sum, in other orders', 8)).toContain(
      'com.microsoft.FusedConv',
    );
  });

  it('take a large batch in parts, with the numbers that ONNX’s own give', async () => {
    const spec = programOf(largeCase);
    expect(recordGraph(spec, { channelBlock: 8 }).nodes.map(({ operator }) => operator)).toContain(
      'Split',
    );
    const feeds = feedsOf(largeCase);
    const wanted = await runOn('cpu', spec, feeds, { channelBlock: 0 });
    expectClose(await runOn('cpu', spec, feeds), wanted, 2e-5);
  });

  it('are ONNX’s own without a block of channels', () => {
    for (const { name } of blockedCases) {
      expect(operatorsOf(name, 0).filter((operator) => operator.includes('.'))).toEqual([]);
    }
  });

  it('are ONNX’s own in float64', () => {
    const spec = programOf(blockedCases[0]!, 'float64');
    const { nodes } = recordGraph(spec, { channelBlock: 8 });
    expect(nodes.filter(({ domain }) => domain !== undefined)).toEqual([]);
  });
});

it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'blocks of channels are as wide as the processor’s registers',
  async () => {
    const flags = readFileSync('/proc/cpuinfo', 'utf8')
      .match(/^flags\s*:(.*)$/m)?.[1]
      ?.split(' ');
    const width = flags?.includes('avx512f') ? 16 : flags?.includes('avx') ? 8 : 4;
    expect(await processorBlock()).toBe(width);
  },
);

it.skipIf(cpus().length < 2)('steps give the same bits on one thread and on two', async () => {
  const encoder = narrowResnet(8);
  const spec = peerTrainStepSpec(encoder, 3, 16);
  const slots = new Float32Array(flatLength(encoder.specs, 'trainable'));
  const weights = startValues(encoder.specs, 'trainable', seedRandom(3));
  const images = spread(6 * 16 * 16 * 3);
  const states = await Promise.all(
    [1, 2].map(async (threads) => {
      const program = await compileProgram(spec, 'cpu', { threads });
      program.writeState({ weights, firstMoment: slots, secondMoment: slots });
      for (let step = 1; step <= 3; step += 1) {
        const rates = Object.entries(peerAdam.rates(1e-3, step));
        await program.run({
          images,
          temperature: Float32Array.of(0.5),
          ...Object.fromEntries(rates.map(([name, rate]) => [name, Float32Array.of(rate)])),
        });
      }
      const state = program.readState();
      await program.dispose();
      return state['weights']?.values;
    }),
  );
  expect(states[0]).toEqual(states[1]);
});
