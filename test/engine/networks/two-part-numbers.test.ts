import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { ProgramSpec } from '../../../src-main/engine/graph/program.ts';
import {
  exactDifference,
  isGreater,
  squareOf,
  sumOf,
} from '../../../src-main/engine/networks/two-part-numbers.ts';
import { runOn } from '../graph/compare-devices.ts';

const roots = Float32Array.from({ length: 256 }, (_, byte) => Math.sqrt(byte));
const root = (byte: number): number => roots[byte]!;

/** Steps between two roots, the next longer one after each, so that every near tie is compared. */
const steps = [...roots.keys()]
  .flatMap((to) => Array.from({ length: to }, (_, from) => ({ to: root(to), from: root(from) })))
  .sort((a, b) => a.to - a.from - (b.to - b.from));
const slope = root(123) - root(45);

it.each(['cpu', 'tfjs-cpu'])(
  'squares of differences are compared as float64 compares them, on %s',
  async (device) => {
    const count = steps.length - 1;
    const names = ['to', 'from', 'nextTo', 'nextFrom'] as const;
    const spec: ProgramSpec = {
      name: 'steps',
      inputs: names.map((name) => ({ name, shape: [count], dtype: 'float' })),
      build: ({ to, from, nextTo, nextFrom }) => {
        const other = squareOf(exactDifference(tf.scalar(root(123)), tf.scalar(root(45))));
        const own = sumOf(squareOf(exactDifference(to!, from!)), other);
        const next = sumOf(squareOf(exactDifference(nextTo!, nextFrom!)), other);
        return { longer: isGreater(next, own).toFloat(), shorter: isGreater(own, next).toFloat() };
      },
    };
    const { longer, shorter } = await runOn(device, spec, {
      to: Float32Array.from(steps.slice(0, count), ({ to }) => to),
      from: Float32Array.from(steps.slice(0, count), ({ from }) => from),
      nextTo: Float32Array.from(steps.slice(1), ({ to }) => to),
      nextFrom: Float32Array.from(steps.slice(1), ({ from }) => from),
    });
    const squares = steps.map(({ to, from }) => (to - from) ** 2 + slope ** 2);
    const expected = squares.slice(1).map((square, index) => (square > squares[index]! ? 1 : 0));
    expect([...longer!.values]).toEqual(expected);
    expect(shorter!.values.every((value) => value === 0)).toBe(true);
    // Float32 alone would take many of them for equal.
    const inFloat32 = Float32Array.from(squares);
    const told = inFloat32.slice(1).filter((square, index) => square > inFloat32[index]!).length;
    expect(expected.filter(Boolean).length).toBeGreaterThan(told + 100);
  },
);
