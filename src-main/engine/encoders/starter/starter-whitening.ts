import type { ShownWhitening } from '../whitening/whitened-embeddings.ts';
import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import { starterDimensions } from './starter-network.ts';

const [shownLength, adaptedLength] = [128, 384];

/** How the starter encoder's features are whitened for map, neighbours and bins. */
export const shownStarter: ShownWhitening = {
  parts: [{ inputs: starterDimensions, outputs: shownLength, power: 0.5 }],
  text: String(shownLength),
};

/**
 * The same before an adapter, which finds more in 384 numbers than in 128, and beside other features; the
 * length and the power are those that did best (docs/recipes.md).
 */
export const adaptedStarter: WhitenedPart = {
  inputs: starterDimensions,
  outputs: adaptedLength,
  power: 0.75,
};
