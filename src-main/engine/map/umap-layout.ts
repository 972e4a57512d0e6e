import { firstIndex, indexShift, lastIndex } from './force-table.ts';
import type { ForceTable } from './force-table.ts';
import type { FuzzyGraph } from './fuzzy-graph.ts';

/** The edges; each is drawn once every `period` epochs. */
interface EdgeSchedule {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly periods: Float64Array;
  readonly next: Float64Array;
  readonly nextNegative: Float64Array;
}

const negativesPerEdge = 5;
const longestStep = 4;

/**
 * Stochastic gradient descent of UMAP's layout (McInnes et al. 2018, algorithm 5) as in umap-js: edges
 * are drawn in proportion to their weights, and for each edge five random vertices are pushed away.
 * One thread and one random generator, so that a seed gives the same map bit for bit.
 */
export class UmapLayout {
  readonly epochs: number;
  /** x and y, [count, 2]; `step` changes them in place. */
  readonly coordinates: Float32Array;
  readonly #count: number;
  readonly #forces: ForceTable;
  readonly #edges: EdgeSchedule;
  #epoch = 0;
  #random: number;

  constructor(options: {
    graph: FuzzyGraph;
    forces: ForceTable;
    epochs: number;
    seed: number;
    start: Float32Array;
  }) {
    this.epochs = options.epochs;
    this.coordinates = options.start;
    this.#count = options.start.length / 2;
    this.#forces = options.forces;
    this.#edges = schedule(options.graph, options.epochs);
    this.#random = randomState(options.seed);
  }

  /** Epochs done so far. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Runs one epoch. */
  step(): void {
    const epoch = this.#epoch++;
    const rate = 1 - Math.max(0, epoch - 1) / this.epochs;
    const { heads, tails, periods, next, nextNegative } = this.#edges;
    for (let edge = 0; edge < heads.length; edge++) {
      const due = next[edge] as number;
      if (due > epoch) continue;
      const period = periods[edge] as number;
      const head = heads[edge] as number;
      const dueNegative = nextNegative[edge] as number;
      const negatives = Math.floor(((epoch - dueNegative) * negativesPerEdge) / period);
      next[edge] = due + period;
      nextNegative[edge] = dueNegative + (negatives * period) / negativesPerEdge;
      this.#attract(head, tails[edge] as number, rate);
      this.#repel(head, negatives, rate);
    }
  }

  #attract(head: number, tail: number, rate: number): void {
    const coordinates = this.coordinates;
    const headX = coordinates[2 * head] as number;
    const headY = coordinates[2 * head + 1] as number;
    const tailX = coordinates[2 * tail] as number;
    const tailY = coordinates[2 * tail + 1] as number;
    const dx = headX - tailX;
    const dy = headY - tailY;
    const force = this.#forces.attraction[tableIndex(dx * dx + dy * dy)] as number;
    const moveX = rate * clipped(force * dx);
    const moveY = rate * clipped(force * dy);
    coordinates[2 * head] = headX + moveX;
    coordinates[2 * head + 1] = headY + moveY;
    coordinates[2 * tail] = tailX - moveX;
    coordinates[2 * tail + 1] = tailY - moveY;
  }

  /**
   * Pushes the head away from random vertices. All draws use the head's present position, while in
   * umap-js each uses the position after the draw before. This is faster, with the same trustworthiness.
   */
  #repel(head: number, negatives: number, rate: number): void {
    const coordinates = this.coordinates;
    const { repulsion } = this.#forces;
    const scale = this.#count * 2 ** -32;
    const x = coordinates[2 * head] as number;
    const y = coordinates[2 * head + 1] as number;
    let random = this.#random;
    let moveX = 0;
    let moveY = 0;
    for (let draw = 0; draw < negatives; draw++) {
      random = nextRandom(random);
      const other = ((random >>> 0) * scale) | 0;
      const dx = x - (coordinates[2 * other] as number);
      const dy = y - (coordinates[2 * other + 1] as number);
      const force = repulsion[tableIndex(dx * dx + dy * dy)] as number;
      moveX += clipped(force * dx);
      moveY += clipped(force * dy);
    }
    coordinates[2 * head] = x + rate * moveX;
    coordinates[2 * head + 1] = y + rate * moveY;
    this.#random = random;
  }
}

/** The schedule of a graph's edges, without those too weak to be drawn once, as in umap-js. */
function schedule(graph: FuzzyGraph, epochs: number): EdgeSchedule {
  const strongest = graph.weights.reduce((most, weight) => Math.max(most, weight), 0);
  const heads = new Int32Array(graph.columns.length);
  const tails = new Int32Array(graph.columns.length);
  const periods = new Float64Array(graph.columns.length);
  let length = 0;
  for (let row = 0; row + 1 < graph.starts.length; row++) {
    const end = graph.starts[row + 1] as number;
    for (let edge = graph.starts[row] as number; edge < end; edge++) {
      const period = strongest / (graph.weights[edge] as number);
      if (period > epochs) continue;
      heads[length] = row;
      tails[length] = graph.columns[edge] as number;
      periods[length++] = period;
    }
  }
  const used = periods.slice(0, length);
  return {
    heads: heads.slice(0, length),
    tails: tails.slice(0, length),
    periods: used,
    next: used.slice(),
    nextNegative: used.map((period) => period / negativesPerEdge),
  };
}

const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);

function tableIndex(squaredDistance: number): number {
  float[0] = squaredDistance;
  const index = ((floatBits[0] as number) >> indexShift) - firstIndex;
  return index < 0 ? 0 : index > lastIndex ? lastIndex : index;
}

function clipped(move: number): number {
  return move > longestStep ? longestStep : move < -longestStep ? -longestStep : move;
}

/** xorshift32 (Marsaglia 2003), with a period of 2^32 - 1 over the non-zero states. */
function nextRandom(state: number): number {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  return next ^ (next << 5);
}

/** A well-mixed non-zero state for any seed (the finaliser of MurmurHash3). */
function randomState(seed: number): number {
  let mixed = (seed % 2 ** 32) + 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0 || 1;
}
