import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';
import { recordGraph } from '../graph/trace.ts';
import type { CutTensor, NetworkCut } from './network-cut.ts';
import { weightNamed } from './weights.ts';
import type { Weights } from './weights.ts';

/** What crosses a cut, of so many pictures: values, and the numbers of shapes. */
interface CrossingTensors {
  readonly tensors: readonly tf.Tensor[];
  readonly shapes: readonly tf.Tensor[];
}

/** A cut whose tensors are known by name, not yet by shape. */
interface CutToProbe {
  /** The names of the tensors, and those of the shapes that the trained part asks for. */
  readonly tensors: readonly string[];
  readonly shapes: readonly string[];
  readonly before: NetworkCut['before'];
  /** Tensors and shapes of pictures. */
  readonly probe: (pictures: tf.Tensor4D) => CrossingTensors;
  /** The features from the tensors and the shapes, by name. */
  readonly after: (given: ReadonlyMap<string, tf.Tensor>, weights: Weights) => tf.Tensor2D;
}

/** Two numbers of pictures: what differs between them is as long as there are pictures. */
const probed = [5, 7] as const;

/**
 * A cut with the shapes of its tensors, by recording the part before it for two numbers of pictures of a side
 * in pixels.
 * @throws EngineError unsupported-operation where a tensor is not one row a picture
 */
export function probedCut(cut: CutToProbe, side: number): NetworkCut {
  const [few, many] = probed.map((count) => recorded(cut, count, side));
  const tensors = cut.tensors.map((name, at) =>
    tensorOf(name, few?.tensors[at] ?? [], many?.tensors[at] ?? []),
  );
  const shapes = cut.shapes.map((name, at) => {
    const [one = [], other = []] = [few?.shapes[at], many?.shapes[at]];
    const growth = one.map((length, axis) => ((other[axis] ?? 0) - length) / 2);
    return {
      name,
      of: (count: number) => one.map((n, axis) => n + (growth[axis] ?? 0) * (count - probed[0])),
    };
  });
  return {
    tensors,
    before: cut.before,
    after: (given, weights) => {
      const count = given[0]?.shape[0] ?? 0;
      const values = new Map<string, tf.Tensor>(
        shapes.map(({ name, of }) => [name, tf.tensor1d(of(count), 'int32')]),
      );
      for (const [at, tensor] of given.entries()) values.set(cut.tensors[at] ?? '', tensor);
      return cut.after(values, weights);
    },
  };
}

/** @throws EngineError unsupported-operation */
function tensorOf(name: string, few: readonly number[], many: readonly number[]): CutTensor {
  const [first, ...shape] = few;
  const isRows =
    first === probed[0] && many[0] === probed[1] && shape.join() === many.slice(1).join();
  if (isRows) return { name, shape };
  throw new EngineError(
    'unsupported-operation',
    `Before the first trained layer the tensor ${name} does not hold numbers of one picture after the other, so that no features are cached there; choose another layer to train from, or set views to 0.`,
  );
}

function recorded({ probe }: CutToProbe, count: number, side: number) {
  let tensors: number[][] = [];
  let shapes: number[][] = [];
  recordGraph({
    name: 'cut-of-network',
    inputs: [{ name: 'pictures', shape: [count, side, side, 3], dtype: 'float' }],
    build: (inputs) => {
      const found = probe(weightNamed(inputs, 'pictures') as tf.Tensor4D);
      tensors = found.tensors.map(({ shape, dtype }) => (dtype === 'float32' ? [...shape] : []));
      shapes = found.shapes.map((shape) => [...shape.dataSync()]);
      return Object.fromEntries(found.tensors.map((tensor, at) => [`tensor${at}`, tensor]));
    },
  });
  return { tensors, shapes };
}
