import * as tf from '@tensorflow/tfjs';
import type { MatrixOrder, TunedNetwork } from './tuned-network.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** The two factors of a matrix's update, by the names of their weights. */
const factorsOf = (name: string) =>
  ({ left: `${name}.lora.left`, right: `${name}.lora.right` }) as const;

/**
 * A network of which low-rank updates of its linear layers' matrices are trained instead of its weights (LoRA, Hu
 * et al. 2022): W + B A, where B begins at 0 and α = r. The weights themselves stay as they are.
 */
export function withLowRank(network: TunedNetwork, rank: number): TunedNetwork {
  const { specs, matrices = new Map<string, MatrixOrder>() } = network;
  const kept = specs.map((spec): WeightSpec => ({ ...spec, kind: 'statistic' }));
  const updates = specs.flatMap((spec) => {
    const order = matrices.get(spec.name);
    return order ? factorSpecs(spec, order, rank) : [];
  });
  return {
    ...network,
    specs: [...kept, ...updates],
    features: (pictures, weights) => network.features(pictures, updated(specs, weights)),
    cut: (side) => {
      const cut = network.cut(side);
      return { ...cut, after: (tensors, weights) => cut.after(tensors, updated(specs, weights)) };
    },
  };
}

/** Of W [p, q] the factors [p, r] and [r, q]; the one beside the layer's outputs begins at 0. */
function factorSpecs(
  { name, shape, rate = 1 }: WeightSpec,
  order: MatrixOrder,
  rank: number,
): WeightSpec[] {
  const [rows = 1, columns = 1] = shape;
  const inputs = order === 'inputs first' ? rows : columns;
  const r = Math.min(rank, rows, columns);
  const { left, right } = factorsOf(name);
  const zero = { kind: 'constant', value: 0 } as const;
  const random = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) } as const;
  const [first, second] = order === 'inputs first' ? [random, zero] : [zero, random];
  const trained = { kind: 'trainable', rate } as const;
  return [
    { name: left, shape: [rows, r], ...trained, start: first },
    { name: right, shape: [r, columns], ...trained, start: second },
  ];
}

/** The weights with their updates added, where there are some. */
function updated(specs: readonly WeightSpec[], weights: Weights): Weights {
  const sums = specs.flatMap(({ name }) => {
    const factors = factorsOf(name);
    const [own, left, right] = [weights[name], weights[factors.left], weights[factors.right]];
    if (!own || !left || !right) return [];
    return [[name, tf.add(own, tf.matMul(left as tf.Tensor2D, right as tf.Tensor2D))] as const];
  });
  return { ...weights, ...Object.fromEntries(sums) };
}

interface NamedValues {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint32Array;
}

/** Tensors of a checkpoint with each low-rank update added to its matrix, and without the factors. */
export function withoutLowRank<T extends NamedValues>(tensors: readonly T[]): T[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return tensors
    .filter(({ name }) => !/\.lora\.(?:left|right)$/.test(name))
    .map((tensor) => {
      const { left, right } = factorsOf(tensor.name);
      const factors = [byName.get(left), byName.get(right)] as const;
      const [a, b] = factors;
      return a && b ? { ...tensor, values: summed(tensor, a, b) } : tensor;
    });
}

function summed({ values, shape }: NamedValues, left: NamedValues, right: NamedValues) {
  const [rows = 0, columns = 0] = shape;
  const rank = left.shape[1] ?? 0;
  const sum = Float32Array.from(values);
  for (let row = 0; row < rows; row += 1) {
    for (let k = 0; k < rank; k += 1) {
      const factor = left.values[row * rank + k] ?? 0;
      for (let column = 0; column < columns; column += 1) {
        const at = row * columns + column;
        sum[at] = (sum[at] ?? 0) + factor * (right.values[k * columns + column] ?? 0);
      }
    }
  }
  return sum;
}
