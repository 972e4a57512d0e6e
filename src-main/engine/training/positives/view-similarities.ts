import type { SourceName } from '../../../contract/objectives/parts.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import { dotProduct } from '../../numeric/unit-rows.ts';
import { stateArray } from '../plan/training-state.ts';
import type { TrainingState } from '../plan/training-state.ts';

/** The z of a batch's V views under the encoder and, with a queue, the key encoder: [V·B, width]. */
interface BatchViews {
  readonly z: Float32Array;
  readonly keys: Float32Array;
  readonly batch: number;
  readonly views: number;
  readonly width: number;
}

/** The similarities of each view of a picture to what the loss took as its positive. */
type ViewSimilarities = (batch: BatchViews, index: number, sampleId: number) => number[];

/** The weights that make the positives: the encoder's own or, with a queue, the key encoder's. */
export function keyWeights(source: SourceName, state: TrainingState): FlatWeights | null {
  if (source !== 'queue') return null;
  return {
    weights: floats(state, 'keyWeights'),
    statistics: floats(state, 'keyStatistics'),
  };
}

/**
 * How a source's positives are measured after a training (docs/formulas.md, The positive): each view
 * against the other views, by the key encoder with a queue; against the picture's row of the bank, of the
 * other side's bank with two.
 */
export function viewSimilarities(source: SourceName, state: TrainingState): ViewSimilarities {
  if (source === 'bank') return toBank(state, ['bank']);
  if (source === 'two-banks') return toBank(state, ['colourBank', 'lightnessBank']);
  return betweenViews;
}

function betweenViews({ z, keys, batch, views, width }: BatchViews, index: number): number[] {
  const found: number[] = [];
  for (let one = 0; one < views; one++) {
    for (let other = 0; other < views; other++) {
      // Without a key encoder both orders of a pair are the same.
      if (one === other || (keys === z && other < one)) continue;
      const [first, second] = [one, other].map((view) => (view * batch + index) * width);
      found.push(dotOf(z, first ?? 0, keys, second ?? 0, width));
    }
  }
  return found;
}

/** Parts of each view, in their order, against the picture's rows of the banks of these names. */
function toBank(state: TrainingState, names: readonly string[]): ViewSimilarities {
  const banks = names.map((name) => floats(state, name));
  const rowOf = new Map(Array.from(stateArray(state, 'bankIds'), (id, row) => [id, row]));
  return ({ z, batch, views, width }, index, sampleId) => {
    const row = rowOf.get(sampleId);
    if (row === undefined) return [];
    const length = width / banks.length;
    return Array.from({ length: views }, (_, view) =>
      banks.map((bank, side) => {
        const start = (view * batch + index) * width + side * length;
        const norm = Math.sqrt(dotProduct(z, start, start, length));
        return dotOf(z, start, bank, row * length, length) / (norm || 1);
      }),
    ).flat();
  };
}

function dotOf(
  first: Float32Array,
  firstStart: number,
  second: Float32Array,
  secondStart: number,
  length: number,
): number {
  let sum = 0;
  for (let index = 0; index < length; index++) {
    sum += (first[firstStart + index] ?? 0) * (second[secondStart + index] ?? 0);
  }
  return sum;
}

function floats(state: TrainingState, name: string): Float32Array {
  const array = stateArray(state, name);
  if (array instanceof Float32Array) return array;
  throw new Error(`The state's ${name} is not float32.`);
}
