import * as tf from '@tensorflow/tfjs';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { placeOperators } from '../../../src-main/engine/graph/operator-placement.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

it('counts the operators that ONNX Runtime runs, and names where', async () => {
  const spec = {
    name: 'three sines',
    inputs: [{ name: 'x', shape: [2, 3], dtype: 'float' as const }],
    build: ({ x }: Readonly<Record<string, tf.Tensor>>) => {
      const once = tf.sin(x!);
      return { y: tf.neg(tf.sin(tf.sin(once))) };
    },
  };
  const folder = temporaryFolder();
  const placed = await placeOperators(spec, 'cpu', folder);
  expect(placed).toEqual([
    { operator: 'Sin', provider: 'CPUExecutionProvider', count: 3 },
    { operator: 'Neg', provider: 'CPUExecutionProvider', count: 1 },
  ]);
  expect(readdirSync(folder)).toHaveLength(1);
});
