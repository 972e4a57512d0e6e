import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { MapParameters } from './map-parameters.ts';
import { neighbourKernel } from './neighbour-kernel.ts';

/**
 * A symmetric weighted graph in compressed rows: the edges of row i are those from starts[i] to
 * starts[i + 1].
 */
export interface FuzzyGraph {
  readonly starts: Int32Array;
  /** The other end of each edge, ascending in each row. */
  readonly columns: Int32Array;
  /** Membership strengths, above 0 up to 1. */
  readonly weights: Float64Array;
}

/** The similarity of equal unit rows in float32 differs from 1 by less than this. */
const duplicateDistance = 1e-6;

/**
 * UMAP's fuzzy simplicial set over the first k neighbours of each of `count` unit rows (McInnes et al.
 * 2018, algorithms 1 and 2): directed memberships a become a + aᵀ - a aᵀ. The distance is 1 - cosine,
 * or √(2 - 2 cosine) for the Euclidean metric.
 */
export function fuzzyGraph(
  neighbours: Neighbours,
  count: number,
  k: number,
  metric: MapParameters['metric'] = 'cosine',
): FuzzyGraph {
  const distances = cosineDistances(neighbours, count, k);
  if (metric === 'euclidean')
    distances.forEach((distance, index) => {
      distances[index] = Math.sqrt(2 * distance);
    });
  const directed = directedGraph(neighbours, distances, count, k);
  return union(directed, transposed(directed, count), count);
}

function cosineDistances(neighbours: Neighbours, count: number, k: number): Float64Array {
  const distances = new Float64Array(count * k);
  for (let row = 0; row < count; row++) {
    for (let rank = 0; rank < k; rank++) {
      const distance = 1 - (neighbours.similarities[row * neighbours.k + rank] as number);
      distances[row * k + rank] = distance < duplicateDistance ? 0 : distance;
    }
  }
  return distances;
}

function directedGraph(
  neighbours: Neighbours,
  distances: Float64Array,
  count: number,
  k: number,
): FuzzyGraph {
  const { rho, sigma } = neighbourKernel(distances, count, k);
  const starts = Int32Array.from({ length: count + 1 }, (_, row) => row * k);
  const columns = new Int32Array(count * k);
  const weights = new Float64Array(count * k);
  const strengths = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const nearest = rho[row] as number;
    const own = columns.subarray(row * k, row * k + k);
    for (let rank = 0; rank < k; rank++) {
      const excess = (distances[row * k + rank] as number) - nearest;
      const column = neighbours.rows[row * neighbours.k + rank] as number;
      own[rank] = column;
      strengths.set(column, excess <= 0 ? 1 : Math.exp(-excess / (sigma[row] as number)));
    }
    own.sort();
    for (let index = 0; index < k; index++) {
      weights[row * k + index] = strengths.get(own[index] as number) as number;
    }
    strengths.clear();
  }
  return { starts, columns, weights };
}

function transposed(graph: FuzzyGraph, count: number): FuzzyGraph {
  const starts = new Int32Array(count + 1);
  for (const column of graph.columns) starts[column + 1] = (starts[column + 1] as number) + 1;
  for (let row = 0; row < count; row++) {
    starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  }
  const next = starts.slice();
  const columns = new Int32Array(graph.columns.length);
  const weights = new Float64Array(graph.columns.length);
  for (let row = 0; row < count; row++) {
    const end = graph.starts[row + 1] as number;
    for (let edge = graph.starts[row] as number; edge < end; edge++) {
      const column = graph.columns[edge] as number;
      const index = next[column] as number;
      next[column] = index + 1;
      columns[index] = row;
      weights[index] = graph.weights[edge] as number;
    }
  }
  return { starts, columns, weights };
}

/** The probabilistic union a + b - a b of two graphs, merged row by row. */
function union(first: FuzzyGraph, second: FuzzyGraph, count: number): FuzzyGraph {
  const capacity = first.columns.length + second.columns.length;
  const starts = new Int32Array(count + 1);
  const columns = new Int32Array(capacity);
  const weights = new Float64Array(capacity);
  let length = 0;
  for (let row = 0; row < count; row++) {
    let a = first.starts[row] as number;
    let b = second.starts[row] as number;
    const endA = first.starts[row + 1] as number;
    const endB = second.starts[row + 1] as number;
    while (a < endA || b < endB) {
      const columnA = a < endA ? (first.columns[a] as number) : count;
      const columnB = b < endB ? (second.columns[b] as number) : count;
      const weightA = columnA <= columnB ? (first.weights[a++] as number) : 0;
      const weightB = columnB <= columnA ? (second.weights[b++] as number) : 0;
      const weight = weightA + weightB - weightA * weightB;
      if (weight === 0) continue;
      columns[length] = Math.min(columnA, columnB);
      weights[length++] = weight;
    }
    starts[row + 1] = length;
  }
  return { starts, columns: columns.slice(0, length), weights: weights.slice(0, length) };
}
