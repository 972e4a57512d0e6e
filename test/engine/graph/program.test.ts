import * as tf from '@tensorflow/tfjs';
import { Worker } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import type { Build, ProgramSpec } from '../../../src-main/engine/graph/program.ts';
import { traceToOnnx } from '../../../src-main/engine/graph/trace.ts';
import { flatLength, startValues } from '../../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { peerAdam, peerTrainStepSpec } from '../../bench/train-step-spec.ts';
import { spread } from './compare-devices.ts';
import { narrowResnet } from './narrow-resnet.ts';

function oneInput(build: Build, shape: readonly number[] = [2, 3]): ProgramSpec {
  return { name: 'example', inputs: [{ name: 'x', shape, dtype: 'float' }], build };
}

describe('three training steps', () => {
  it.each([
    ['narrow layers', narrowResnet(), 8],
    ['layers that fill blocks', narrowResnet(8), 16],
  ])('of %s give what tfjs gives, to 1e-4', async (_, encoder, side) => {
    const spec = peerTrainStepSpec(encoder, 3, side);
    const slots = new Float32Array(flatLength(encoder.specs, 'trainable'));
    const weights = startValues(encoder.specs, 'trainable', seedRandom(3));
    const images = spread(6 * side * side * 3).map((value) => value / 3 + 0.5);
    const [traced, eager] = await Promise.all(
      ['cpu', 'tfjs-cpu'].map(async (device) => {
        const program = await compileProgram(spec, device, { threads: 1 });
        program.writeState({ weights, firstMoment: slots, secondMoment: slots });
        const losses: number[] = [];
        for (let step = 1; step <= 3; step += 1) {
          const rates = peerAdam.rates(1e-3, step);
          const { loss } = await program.run({
            images,
            temperature: Float32Array.of(0.5),
            stepSize: Float32Array.of(rates['stepSize']!),
            secondCorrection: Float32Array.of(rates['secondCorrection']!),
          });
          losses.push(loss!.values[0]!);
        }
        const state = program.readState();
        await program.dispose();
        return { losses, state };
      }),
    );
    expect(traced!.losses[2]).toBeLessThan(traced!.losses[0]!);
    for (const [step, loss] of eager!.losses.entries()) {
      expect(Math.abs(loss - traced!.losses[step]!)).toBeLessThan(1e-4);
    }
    const wanted = eager!.state['weights']!.values;
    const found = traced!.state['weights']!.values;
    // Adam moves a weight by the sign of a tiny gradient, which rounding can turn over.
    const far = wanted.filter((value, index) => Math.abs(value - found[index]!) > 1e-4);
    expect(far.length / wanted.length).toBeLessThan(1e-3);
  });
});

describe('errors', () => {
  it('names an operation that cannot be recorded', async () => {
    const spec = oneInput(({ x }) => ({
      y: tf.maxPool3d(tf.reshape<tf.Rank.R5>(x!, [1, 1, 2, 3, 1]), 1, 1, 'same'),
    }));
    await expect(compileProgram(spec, 'cpu')).rejects.toMatchObject({
      code: 'unsupported-operation',
      message: expect.stringContaining("'MaxPool3D'") as string,
    });
  });

  it('names a gradient that cannot be recorded', () => {
    const spec = oneInput(({ x }) => ({
      y: tf.grad((numbers) => tf.prod(numbers))(x!),
    }));
    expect(() => traceToOnnx(spec)).toThrow("'Cumprod'");
  });

  it('says which operation made a tensor whose value is read', () => {
    const read = (x: tf.Tensor): Record<string, tf.Tensor> => ({ y: tf.scalar(x.dataSync()[0]!) });
    expect(() => traceToOnnx(oneInput(({ x }) => read(tf.exp(x!))))).toThrow("made by 'Exp'");
    expect(() => traceToOnnx(oneInput(({ x }) => read(x!)))).toThrow("made by the input 'x'");
  });

  it('gives tfjs its backend back after a failed trace', () => {
    const before = tf.getBackend();
    expect(() => traceToOnnx(oneInput(({ x }) => ({ y: tf.scalar(x!.dataSync()[0]!) })))).toThrow();
    expect(tf.getBackend()).toBe(before);
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
  });

  it('refuses state that changes its shape', () => {
    const spec = { ...oneInput(({ x }) => ({ next: tf.sum(x!) })), state: { next: 'x' } };
    expect(() => traceToOnnx(spec)).toThrow("feeds its output 'next'");
  });

  it.each(['cpu', 'tfjs-cpu'])('names an input that is fed wrongly on %s', async (device) => {
    const program = await compileProgram(
      oneInput(({ x }) => ({ y: tf.neg(x!) })),
      device,
    );
    await expect((async () => program.run({ x: new Float32Array(5) }))()).rejects.toThrow("as 'x'");
    await expect((async () => program.run({}))()).rejects.toThrow("nothing as 'x'");
    await program.dispose();
  });

  it('knows no other device', async () => {
    await expect(
      compileProgram(
        oneInput(({ x }) => ({ y: x! })),
        'abacus',
      ),
    ).rejects.toMatchObject({
      code: 'device-unavailable',
    });
  });

  it('refuses float64 where there is only float32', async () => {
    const spec: ProgramSpec = { ...oneInput(({ x }) => ({ y: x! })), precision: 'float64' };
    await expect(compileProgram(spec, 'tfjs-cpu')).rejects.toMatchObject({
      code: 'unsupported-operation',
    });
  });
});

describe('a program', () => {
  it('feeds state back and hands out copies of it', async () => {
    const spec: ProgramSpec = {
      name: 'count',
      inputs: [
        { name: 'total', shape: [2], dtype: 'float' },
        { name: 'more', shape: [2], dtype: 'int32' },
      ],
      state: { next: 'total' },
      build: ({ total, more }) => {
        const next = tf.add(total!, tf.cast(more!, 'float32'));
        return { next, doubled: tf.mul(next, 2) };
      },
    };
    for (const device of ['cpu', 'tfjs-cpu']) {
      const program = await compileProgram(spec, device);
      program.writeState({ total: Float32Array.of(1, 2) });
      await program.run({ more: Int32Array.of(1, 1) });
      const total = program.readState()['total']!;
      const { doubled } = await program.run({ more: Int32Array.of(1, 1) });
      expect([...doubled!.values]).toEqual([6, 8]);
      expect([...total.values]).toEqual([2, 3]);
      expect([...program.readState()['total']!.values]).toEqual([3, 4]);
      await program.dispose();
    }
  });

  it.each(['cpu', 'tfjs-cpu'])('gives a cast condition as floats on %s', async (device) => {
    const spec = oneInput(({ x }) => {
      const isLarge = tf.greater(x!, 2);
      return { float: tf.cast(isLarge, 'float32'), whole: tf.cast(isLarge, 'int32') };
    });
    const program = await compileProgram(spec, device);
    const { float, whole } = await program.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(float!.values).toEqual(Float32Array.of(0, 0, 1, 1, 1, 1));
    expect(whole!.values).toEqual(Int32Array.of(0, 0, 1, 1, 1, 1));
    await program.dispose();
  });

  it('takes bytes', async () => {
    const spec: ProgramSpec = {
      name: 'bytes',
      inputs: [{ name: 'images', shape: [3], dtype: 'uint8' }],
      build: ({ images }) => ({ y: tf.mul(tf.cast(images!, 'float32'), 0.5), same: images! }),
    };
    const program = await compileProgram(spec, 'cpu');
    const { y, same } = await program.run({ images: Uint8Array.of(0, 3, 255) });
    expect([...y!.values]).toEqual([0, 1.5, 127.5]);
    expect([...same!.values]).toEqual([0, 3, 255]);
    await program.dispose();
  });

  it('keeps all digits in float64', async () => {
    const spec: ProgramSpec = {
      ...oneInput(({ x }) => ({
        y: tf.log1p(tf.div(x!, 3)),
        softplus: tf.softplus(x!),
        third: tf.mul(x!, tf.fill([2, 3], 1 / 3)),
        expm1: tf.expm1(tf.mul(x!, 1e-3)),
      })),
      precision: 'float64',
    };
    const program = await compileProgram(spec, 'cpu');
    const x = Float64Array.of(1e-9, 0.1, 0.2, 1, 3, 1e5);
    const found = await program.run({ x });
    for (const [index, value] of x.entries()) {
      const close = (name: string, wanted: number): void => {
        const error = Math.abs(found[name]!.values[index]! - wanted) / Math.abs(wanted);
        expect(error, `${name} of ${value}`).toBeLessThan(1e-12);
      };
      close('y', Math.log1p(value / 3));
      close('third', value / 3);
      close('softplus', value > 30 ? value : Math.log1p(Math.exp(value)));
      close('expm1', Math.expm1(value * Math.fround(1e-3)));
    }
    await program.dispose();
  });

  it('records equal operations and constants once, and nothing that no output needs', () => {
    const spec = oneInput(({ x }) => {
      tf.tan(x!);
      return { y: tf.add(tf.mul(tf.exp(x!), tf.scalar(3)), tf.mul(tf.exp(x!), tf.scalar(3))) };
    });
    expect(traceToOnnx(spec).nodeCount).toBe(3);
  });

  it('keeps convolution chains in one layout', () => {
    const spec = oneInput(
      ({ x }) => {
        const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 2]);
        const once = tf.relu(tf.conv2d(x as tf.Tensor4D, filter, 1, 'same'));
        return { y: tf.mean(tf.conv2d(once, filter, 1, 'same'), [1, 2]) };
      },
      [1, 4, 4, 2],
    );
    // Transposes of the input and of the filter; Conv, Relu, Conv, ReduceMean; the filter's Expand.
    expect(traceToOnnx(spec).nodeCount).toBe(7);
  });

  it('is a standard ONNX model under its own names', async () => {
    const { model, inputs, outputs } = traceToOnnx(
      oneInput(({ x }) => ({ y: tf.relu(x!), z: x! })),
    );
    const session = await InferenceSession.create(model);
    expect(session.inputNames).toEqual(inputs.map(({ name }) => name));
    expect(session.outputNames).toEqual(outputs.map(({ name }) => name));
    const x = new Tensor('float32', [-1, 2, -3, 4, -5, 6], [2, 3]);
    const { y, z } = await session.run({ x });
    expect([...(y!.data as Float32Array)]).toEqual([0, 2, 0, 4, 0, 6]);
    expect([...(z!.data as Float32Array)]).toEqual([-1, 2, -3, 4, -5, 6]);
    await session.release();
  });

  it('runs in a worker thread', async () => {
    const worker = new Worker(new URL('./squares.worker.ts', import.meta.url), {
      execArgv: ['--no-warnings'],
    });
    const answer = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(answer).toEqual([1, 4, 9]);
    await worker.terminate();
  });
});
