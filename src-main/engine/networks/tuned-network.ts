import type * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import type { NetworkCut } from './network-cut.ts';
import type { FrozenBody } from './frozen-body.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** Whether a linear layer's matrix is stored as [inputs, outputs] or the other way round. */
export type MatrixOrder = 'inputs first' | 'outputs first';

/** A network that was trained elsewhere, whose layers from one on are trained further here. */
export interface TunedNetwork {
  /** Length of its features. */
  readonly dimensions: number;
  /** The weights that are trained further, with their values so far; the others are constants. */
  readonly specs: readonly WeightSpec[];
  /** The matrices of linear layers among them, by name. */
  readonly matrices?: ReadonlyMap<string, MatrixOrder>;
  /** How pictures are resized for it; left out where as for networks that are trained here. */
  readonly resize?: Preprocessing;
  /** The features as unit rows [n, dimensions] of pictures [n, side, side, 3], 0 to 255. */
  readonly features: (pictures: tf.Tensor4D, weights: Weights) => tf.Tensor2D;
  /**
   * The network cut before its first trained layer, for pictures of a side in pixels.
   * @throws EngineError unsupported-operation where what crosses the cut is not one row a picture
   */
  readonly cut: (side: number) => NetworkCut;
}

/** A network that was trained elsewhere and can be trained further. */
export interface TunableNetwork {
  /** SHA-256 of its files, hex. */
  readonly hash: string;
  /** The names of its layers, from input to output. */
  readonly layers: readonly string[];
  /** The network with its layers from `first` on to be trained, each slower than the next one. */
  readonly trainFrom: (first: string, layerDecay: number) => TunedNetwork;
}

/** A tuned network, and what comes between its features and h. */
export interface TunedBody {
  readonly network: TunedNetwork;
  readonly after: FrozenBody;
}

/**
 * The learning rate of each layer of a network, in their order, as a part of that of what comes after the
 * network: `layerDecay` times that of the next one (BEiT, Bao et al. 2022).
 */
export function layerRates(
  layers: readonly string[],
  layerDecay: number,
): ReadonlyMap<string, number> {
  return new Map(layers.map((layer, index) => [layer, layerDecay ** (layers.length - index)]));
}
