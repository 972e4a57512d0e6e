import { DoubleProducts } from '../../numeric/double-products.ts';
import { MatrixProducts } from '../../numeric/matrix-products.ts';
import { partnersByPicture } from '../step/judged-pair-mask.ts';
import { sessionThreads } from '../../threads/compute-limits.ts';

/** Rows of which the nearest are looked for, at most; of more, rows at equal distances. */
const mostAnchors = 4096;
/** Rows that are multiplied at once. */
const block = 256;

/** What the nearest are looked for among: unit rows [n, dimensions], mapped by a matrix [dimensions, dimensions]. */
interface MappedRows {
  readonly rows: Float32Array;
  readonly dimensions: number;
  readonly factor: Float64Array;
}

/**
 * The differences [m, dimensions], row-major, between unit rows and the nearest one to each, after the rows were
 * multiplied by a factor and scaled to unit length again. Pairs of rows that were judged `different` are not each other's
 * nearest. `onProgress` takes the part done, 0 to 1, and may throw to stop.
 */
export async function nearestDifferences(
  mapped: MappedRows,
  different: readonly (readonly [number, number])[],
  onProgress: (done: number) => Promise<void>,
): Promise<Float64Array> {
  const { dimensions } = mapped;
  const rows = await mappedUnitRows(mapped);
  const count = rows.length / dimensions;
  const anchors = Math.min(count, mostAnchors);
  const anchorAt = (index: number): number => Math.floor((index * count) / anchors);
  const apart = partnersByPicture(different.flat());
  const result = new Float64Array(anchors * dimensions);
  const products = await MatrixProducts.create(sessionThreads());
  try {
    for (let first = 0; first < anchors; first += block) {
      await onProgress(first / anchors);
      const own = Array.from({ length: Math.min(block, anchors - first) }, (_, at) =>
        anchorAt(first + at),
      );
      const similarities = await products.times(
        { values: taken(rows, own, dimensions), rows: own.length, columns: dimensions },
        { values: rows, rows: count, columns: dimensions },
      );
      for (const [at, anchor] of own.entries()) {
        const left = new Set(apart.get(anchor));
        const others = similarities.subarray(at * count, (at + 1) * count);
        const nearest = nearestOf(others, (row) => row === anchor || left.has(row));
        if (nearest < 0) continue;
        for (let index = 0; index < dimensions; index += 1) {
          result[(first + at) * dimensions + index] =
            (rows[anchor * dimensions + index] ?? 0) - (rows[nearest * dimensions + index] ?? 0);
        }
      }
    }
  } finally {
    await products.dispose();
  }
  return result;
}

/** The row with the highest similarity that is not left out; -1 if all are. */
function nearestOf(similarities: Float32Array, isLeftOut: (row: number) => boolean): number {
  let [nearest, highest] = [-1, -Infinity];
  for (const [row, similarity] of similarities.entries()) {
    if (similarity > highest && !isLeftOut(row)) [nearest, highest] = [row, similarity];
  }
  return nearest;
}

function taken(rows: Float32Array, wanted: readonly number[], length: number): Float32Array {
  const result = new Float32Array(wanted.length * length);
  for (const [at, row] of wanted.entries()) {
    result.set(rows.subarray(row * length, (row + 1) * length), at * length);
  }
  return result;
}

/** The rows times the factor, scaled to unit length; rows of zeros stay zeros. */
async function mappedUnitRows({ rows, dimensions, factor }: MappedRows): Promise<Float32Array> {
  const columns = Float64Array.from(
    factor,
    (_, at) => factor[(at % dimensions) * dimensions + Math.floor(at / dimensions)] ?? 0,
  );
  const result = new Float32Array(rows.length);
  const products = await DoubleProducts.create(sessionThreads());
  try {
    for (let start = 0; start < rows.length; start += block * dimensions) {
      const own = Float64Array.from(rows.subarray(start, start + block * dimensions));
      const mapped = await products.times(own, columns, dimensions);
      for (let row = 0; row < mapped.length; row += dimensions) {
        const values = mapped.subarray(row, row + dimensions);
        const squares = values.reduce((sum, value) => sum + value * value, 0);
        const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        result.set(
          values.map((value) => value * scale),
          start + row,
        );
      }
    }
  } finally {
    await products.dispose();
  }
  return result;
}
