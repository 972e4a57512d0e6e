import type { Random } from '../numeric/random.ts';
import { shuffledOrder } from '../numeric/random.ts';

/** Labels and groups of the rows that are divided, in one order; both are numbers from 0. */
interface DividedRows {
  readonly classes: Uint32Array;
  /** Rows of one group come into one fold. */
  readonly groups: Int32Array;
}

/**
 * The fold of each row, 0 to `folds` - 1: stratified, so that the folds of a class differ by one row
 * where no groups are, and never with a group in two folds. Large groups are placed first, each where
 * its classes are rarest, then where the fold is smallest, then at random.
 */
export function stratifiedFolds(
  { classes, groups }: DividedRows,
  folds: number,
  random: Random,
): Uint8Array {
  const order = Array.from(shuffledOrder(classes.length, random));
  const members = Map.groupBy(order, (row) => groups[row] ?? -1);
  const bySize = [...members.values()].sort((a, b) => b.length - a.length);
  const classCount = classes.reduce((highest, one) => Math.max(highest, one), -1) + 1;
  const counts = new Int32Array(classCount * folds);
  const sizes = new Int32Array(folds);
  const foldOfRow = new Uint8Array(classes.length);
  for (const rows of bySize) {
    const start = random.index(folds);
    let best = start;
    let fewest = Infinity;
    for (let turn = 0; turn < folds; turn++) {
      const fold = (start + turn) % folds;
      const same = rows.reduce(
        (sum, row) => sum + (counts[(classes[row] ?? 0) * folds + fold] ?? 0),
        0,
      );
      const crowd = same + (sizes[fold] ?? 0) / (classes.length + 1);
      if (crowd < fewest) [best, fewest] = [fold, crowd];
    }
    for (const row of rows) {
      const at = (classes[row] ?? 0) * folds + best;
      counts[at] = (counts[at] ?? 0) + 1;
      foldOfRow[row] = best;
    }
    sizes[best] = (sizes[best] ?? 0) + rows.length;
  }
  return foldOfRow;
}
