import type { TunedNetwork } from '../../networks/tuned-network.ts';

/** A network that was trained elsewhere and can be trained further. */
export interface TunableNetwork {
  /** SHA-256 of its files, hex. */
  readonly hash: string;
  /** The names of its layers, from input to output. */
  readonly layers: readonly string[];
  /** The network with its layers from `first` on to be trained, each slower than the next one. */
  readonly trainFrom: (first: string, layerDecay: number) => TunedNetwork;
}
