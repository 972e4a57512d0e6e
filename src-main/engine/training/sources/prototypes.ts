import * as tf from '@tensorflow/tfjs';
import { updatedBank } from './bank-candidates.ts';
import { clusterSharpness } from './cluster-sharpness.ts';
import { prototypeCandidates, withInstances } from './prototype-candidates.ts';
import type { Prototypes } from './prototype-candidates.ts';
import type { Random } from '../../numeric/random.ts';
import { nearestCentres, sphericalKMeans } from '../../numeric/spherical-k-means.ts';
import type { ClusteredRows } from '../../numeric/spherical-k-means.ts';
import { bankRows } from './bank-host.ts';
import { randomUnitRows } from '../../numeric/random-unit-rows.ts';
import { noPicture } from './training-source.ts';
import type {
  SourceHost,
  SourceInputs,
  SourceStep,
  TrainingSource,
  StateArray,
} from './training-source.ts';

interface PrototypesPlan {
  /** Pictures per step, and in all. */
  readonly batch: number;
  readonly pictures: number;
  /** Length of z. */
  readonly width: number;
  /** P. */
  readonly prototypes: number;
  /** Whether each cluster has a temperature of its own (PCL). */
  readonly hasTemperatures: boolean;
  /** Whether the views are compared with the batch, too, and both losses added (PCL). */
  readonly hasInstanceTerm: boolean;
}

/**
 * Prototypes: the centres of the clusters that k-means finds in the z of all pictures at the start of
 * each epoch. A bank holds each picture's z of its last step, so no additional pass through the
 * encoder is needed (DeepCluster-v2, Caron et al. 2020). Until P pictures have been seen there are no
 * clusters yet, and the batch is the source.
 */
export function prototypesSource(plan: PrototypesPlan): TrainingSource {
  const { batch, pictures, width, prototypes, hasTemperatures, hasInstanceTerm } = plan;
  return {
    viewsPerPicture: 2,
    anchors: (hasInstanceTerm ? 4 : 2) * batch,
    ...(hasInstanceTerm && { lossFactor: 2 }),
    columns: prototypes + 2 * batch,
    carried: [{ name: 'bank', shape: [pictures, width], dtype: 'float' }],
    fed: [
      { name: 'bankRows', shape: [batch], dtype: 'int32' },
      { name: 'prototypes', shape: [prototypes, width], dtype: 'float' },
      { name: 'ownPrototypes', shape: [batch], dtype: 'int32' },
      { name: 'isClustered', shape: [], dtype: 'float' },
      ...(hasTemperatures
        ? [{ name: 'sharpness', shape: [prototypes], dtype: 'float' } as const]
        : []),
    ],
    start: ({ sampleIds, random }) => ({
      bank: randomUnitRows(pictures, width, random),
      bankIds: sampleIds.slice(),
      bankSeen: new Uint32Array(pictures),
      prototypes: new Float32Array(prototypes * width),
    }),
    build: (inputs) => buildPrototypesStep(plan, inputs),
    host: (arrays) => new PrototypesHost(plan, arrays),
  };
}

function buildPrototypesStep(
  { hasTemperatures, hasInstanceTerm }: PrototypesPlan,
  { views, input }: SourceInputs,
): SourceStep {
  const bank = input('bank') as tf.Tensor2D;
  const rows = input('bankRows') as tf.Tensor1D;
  const prototypes: Prototypes = {
    centres: input('prototypes') as tf.Tensor2D,
    own: input('ownPrototypes') as tf.Tensor1D,
    isClustered: input('isClustered') as tf.Scalar,
    ...(hasTemperatures && { sharpness: input('sharpness') as tf.Tensor1D }),
  };
  const split = (z: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] =>
    tf.split(z, 2) as [tf.Tensor2D, tf.Tensor2D];
  return {
    trained: views,
    candidates: (z) =>
      hasInstanceTerm
        ? withInstances(...split(z), prototypes)
        : prototypeCandidates(...split(z), prototypes),
    next: (z) => ({ bank: updatedBank({ x: split(z)[0], bank, rows }, tf.scalar(0)) }),
  };
}

/**
 * Clusters the bank at the first step of an epoch, and feeds each step the clusters of its
 * pictures.
 */
class PrototypesHost implements SourceHost {
  readonly #plan: PrototypesPlan;
  readonly #rowOf: ReadonlyMap<number, number>;
  readonly #bank: Float32Array;
  readonly #seen: Uint32Array;
  #centres: Float32Array;
  /** The cluster of each bank row; null before the epoch's first step, and until P pictures have been seen. */
  #clusters: Uint32Array | null = null;
  #sharpness: Float32Array;
  #hasBegun = false;

  constructor(plan: PrototypesPlan, arrays: Readonly<Record<string, StateArray>>) {
    const { bank, bankSeen, prototypes } = arrays;
    if (
      !(bank instanceof Float32Array) ||
      !(bankSeen instanceof Uint32Array) ||
      !(prototypes instanceof Float32Array)
    ) {
      throw new Error('The state has no vectors to cluster.');
    }
    this.#plan = plan;
    this.#rowOf = bankRows(arrays);
    this.#bank = bank;
    this.#seen = bankSeen.slice();
    this.#centres = prototypes;
    this.#sharpness = new Float32Array(plan.prototypes).fill(1);
  }

  step({ batch, random }: Parameters<SourceHost['step']>[0]): ReturnType<SourceHost['step']> {
    if (!this.#hasBegun) this.#cluster(random);
    this.#hasBegun = true;
    const rows = Int32Array.from(batch, (id) => this.#rowOf.get(id) ?? 0);
    for (const row of rows) this.#seen[row] = 1;
    const { hasTemperatures, hasInstanceTerm } = this.#plan;
    const anchors = [...batch, ...batch];
    const ofNoPicture = new Array<number>(this.#plan.prototypes).fill(noPicture);
    return {
      feeds: {
        bankRows: rows,
        prototypes: this.#centres,
        ownPrototypes: rows.map((row) => this.#clusters?.[row] ?? 0),
        isClustered: Float32Array.of(this.#clusters ? 1 : 0),
        ...(hasTemperatures && { sharpness: this.#sharpness }),
      },
      rowIds: Uint32Array.from(hasInstanceTerm ? [...anchors, ...anchors] : anchors),
      columnIds: Uint32Array.from([...ofNoPicture, ...anchors]),
    };
  }

  state(): Readonly<Record<string, StateArray>> {
    return { bankSeen: this.#seen, prototypes: this.#centres };
  }

  #cluster(random: Random): void {
    const { prototypes, width, pictures } = this.#plan;
    const seen = seenRows(this.#bank, this.#seen, width);
    if (seen.count < prototypes) return;
    const begun = this.#centres.some((value) => value !== 0) ? this.#centres : undefined;
    const { centres, of } = sphericalKMeans(seen, prototypes, random, begun);
    this.#centres = centres;
    this.#sharpness = clusterSharpness(seen, of, centres);
    const all = { vectors: this.#bank, count: pictures, width };
    this.#clusters = nearestCentres(all, this.#centres, prototypes).of;
  }
}

/** The bank rows whose pictures have been in a step. */
function seenRows(bank: Float32Array, seen: Uint32Array, width: number): ClusteredRows {
  const rows = [...seen.keys()].filter((row) => seen[row] === 1);
  const vectors = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) {
    vectors.set(bank.subarray(row * width, (row + 1) * width), index * width);
  }
  return { vectors, count: rows.length, width };
}
