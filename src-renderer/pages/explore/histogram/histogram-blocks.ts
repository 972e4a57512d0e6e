import { binNames, type BinName } from '../../../../src-main/contract/bins.ts';
import type { SimilarityColumns } from './similarity-columns.ts';

/** Drawn from the axis up: what matters most lies lowest, where heights compare best. */
const stack = ['hard', 'false', 'suspected', 'ring', 'easy'] as const;

/** One bin's part of a column; `y` and `height` in CSS pixels from the top. */
interface Block {
  readonly key: string;
  readonly bin: BinName;
  readonly column: number;
  readonly y: number;
  readonly height: number;
}

/**
 * Stacked columns; a column's height is proportional to the square root of its count, so that few
 * candidates show too.
 */
export function stackedBlocks(columns: SimilarityColumns, height: number): Block[] {
  const blocks: Block[] = [];
  for (let column = 0; column < columns.count; column++) {
    let before = 0;
    let counted = 0;
    for (const bin of stack) {
      const count = columns.counts[column * binNames.length + binNames.indexOf(bin)] ?? 0;
      if (count === 0) continue;
      counted += count;
      const total = Math.sqrt(counted / columns.tallest) * (height - 4);
      const box = { column, y: height - total, height: total - before };
      blocks.push({ key: `${column}${bin}`, bin, ...box });
      before = total;
    }
  }
  return blocks;
}
