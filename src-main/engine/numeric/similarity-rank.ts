import { EngineError } from '../../contract/errors/errors.ts';

/** Candidates by similarity: `order` has the most similar first, `rank` is each one's index in it. */
export interface SimilarityRanking {
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
  /** Whether the candidates stand in this order already: the index of each is its rank. */
  readonly isInOrder?: true;
}

/**
 * Ranks candidates, the most similar first, of equal ones the lower index (docs/formulas.md, Rank and
 * percentile). Candidates are first dealt to as many levels of similarity as there are candidates; what
 * shares a level is then sorted, so that the order is that of a full sort in a fifth of its time.
 * @throws EngineError bad-argument if a similarity is not a number
 */
export function orderBySimilarity(similarities: Float64Array): Uint32Array {
  const { order, starts } = dealtToLevels(similarities);
  for (let level = 0; level + 1 < starts.length; level++) {
    sortRange(order, similarities, starts[level] as number, starts[level + 1] as number);
  }
  return order;
}

/** The order of `orderBySimilarity`, and the rank of each candidate in it. */
export function rankBySimilarity(similarities: Float64Array): SimilarityRanking {
  const order = orderBySimilarity(similarities);
  const rank = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) rank[order[place] as number] = place;
  return { order, rank };
}

/** Candidates by level, the most similar level first and in a level the lower index; where each begins. */
function dealtToLevels(similarities: Float64Array): {
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
} {
  const count = similarities.length;
  const { lowest, highest } = rangeOf(similarities);
  const scale = highest > lowest ? (count - 1) / (highest - lowest) : 0;
  const levelOf = new Uint32Array(count);
  const starts = new Uint32Array(count + 1);
  for (let candidate = 0; candidate < count; candidate++) {
    // Rounding does not swap levels: multiplying and rounding keep the order of two numbers.
    const level = ((highest - (similarities[candidate] as number)) * scale) >>> 0;
    levelOf[candidate] = level;
    starts[level + 1] = (starts[level + 1] as number) + 1;
  }
  for (let level = 0; level < count; level++) {
    starts[level + 1] = (starts[level + 1] as number) + (starts[level] as number);
  }
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let candidate = 0; candidate < count; candidate++) {
    const level = levelOf[candidate] as number;
    order[next[level] as number] = candidate;
    next[level] = (next[level] as number) + 1;
  }
  return { order, starts };
}

/** What is thrown where candidates cannot be ranked. */
export function similarityNotANumber(): EngineError {
  return new EngineError(
    'bad-argument',
    'A similarity to the anchor is not a number: embed the pictures again.',
  );
}

function rangeOf(similarities: Float64Array): {
  readonly lowest: number;
  readonly highest: number;
} {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let candidate = 0; candidate < similarities.length; candidate++) {
    const similarity = similarities[candidate] as number;
    if (Number.isNaN(similarity)) throw similarityNotANumber();
    if (similarity < lowest) lowest = similarity;
    if (similarity > highest) highest = similarity;
  }
  return { lowest, highest };
}

/** Levels of up to so many are sorted by insertion. */
const insertedAtMost = 24;

/** Sorts the candidates from place `start` to before `end`, which stand by index, by similarity. */
function sortRange(
  order: Uint32Array,
  similarities: Float64Array,
  start: number,
  end: number,
): void {
  if (end - start > insertedAtMost) {
    if (isFalling(order, similarities, start, end)) return;
    order
      .subarray(start, end)
      .sort((a, b) => (similarities[b] as number) - (similarities[a] as number) || a - b);
    return;
  }
  for (let place = start + 1; place < end; place++) {
    const candidate = order[place] as number;
    const similarity = similarities[candidate] as number;
    let free = place;
    for (; free > start; free--) {
      const before = order[free - 1] as number;
      if ((similarities[before] as number) >= similarity) break;
      order[free] = before;
    }
    order[free] = candidate;
  }
}

/** Whether places are in order already, as those of copies of one picture are. */
function isFalling(
  order: Uint32Array,
  similarities: Float64Array,
  start: number,
  end: number,
): boolean {
  for (let place = start + 1; place < end; place++) {
    const before = similarities[order[place - 1] as number] as number;
    if ((similarities[order[place] as number] as number) > before) return false;
  }
  return true;
}

/**
 * The part of the other candidates that is less similar, 0 to 1, with equally similar ones counted
 * half (docs/formulas.md, Rank and percentile); 1 for a single candidate.
 */
export function similarityPercentiles(
  similarities: Float64Array,
  { order }: SimilarityRanking,
): Float64Array {
  const count = order.length;
  const percentiles = new Float64Array(count).fill(1);
  if (count < 2) return percentiles;
  const similarityAt = (rank: number): number => similarities[order[rank] as number] as number;
  for (let first = 0; first < count;) {
    let end = first + 1;
    while (end < count && similarityAt(end) === similarityAt(first)) end++;
    const value = (count - end + (end - first - 1) / 2) / (count - 1);
    for (let rank = first; rank < end; rank++) percentiles[order[rank] as number] = value;
    first = end;
  }
  return percentiles;
}
