import { EngineError } from '../../contract/errors/errors.ts';

/** The parameters of a map; the defaults are umap-learn's. */
export interface MapParameters {
  readonly method: 'umap' | 'pca';
  /** The size of a picture's neighbourhood, including itself (n_neighbors). */
  readonly neighbours: number;
  /** The smallest distance of two pictures, in map units (min_dist). */
  readonly minDistance: number;
  /** The scale of the map, in map units (spread). */
  readonly spread: number;
  /** Passes over the graph; null for umap-js's number for this many pictures. */
  readonly epochs: number | null;
  /** The distance of two unit vectors: 1 - cosine, or the length of their difference. */
  readonly metric: 'cosine' | 'euclidean';
  readonly seed: number;
}

/** The parameters of a map when none are given. */
export const defaultMapParameters: MapParameters = {
  method: 'umap',
  neighbours: 15,
  minDistance: 0.1,
  spread: 1,
  epochs: null,
  metric: 'cosine',
  seed: 1,
};

/** umap-js's number of epochs: 500 up to 2,500 pictures, falling to 200 above 7,500. */
export function automaticEpochs(count: number): number {
  if (count <= 2500) return 500;
  if (count <= 5000) return 400;
  if (count <= 7500) return 300;
  return 200;
}

/**
 * The given parameters, with defaults for the others.
 * @throws EngineError bad-argument, naming the parameter that is out of range
 */
export function resolveMapParameters(given: Partial<MapParameters>): MapParameters {
  const parameters = { ...defaultMapParameters, ...given };
  const { neighbours, minDistance, spread, epochs, seed } = parameters;
  const wrong = [
    !isWholeFrom(2, neighbours) &&
      `neighbours must be a whole number of at least 2, not ${neighbours}`,
    !(spread > 0 && Number.isFinite(spread)) && `spread must be above 0, not ${spread}`,
    !(minDistance >= 0 && minDistance <= spread) &&
      `minDistance must be from 0 to spread (${spread}), not ${minDistance}`,
    epochs !== null &&
      !isWholeFrom(1, epochs) &&
      `epochs must be a whole number of at least 1, not ${epochs}`,
    !isWholeFrom(0, seed) && `seed must be a whole number of at least 0, not ${seed}`,
  ].find((sentence) => sentence !== false);
  if (wrong !== undefined) throw new EngineError('bad-argument', `The map's ${wrong}.`);
  return parameters;
}

function isWholeFrom(least: number, value: number): boolean {
  return Number.isInteger(value) && value >= least;
}
