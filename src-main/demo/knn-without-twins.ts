import { embeddedSampleIds } from '../engine/store/embeddings.ts';
import { openLibrary } from '../engine/store/library-file.ts';
import type { Library } from '../engine/store/library-file.ts';
import { readNeighbours } from '../engine/store/neighbours.ts';
import { findRun } from '../engine/store/runs.ts';
import { presentSamples } from '../engine/store/samples.ts';
import { leaveOneOutAccuracy } from '../engine/evaluation/weighted-knn.ts';

const k = 5;

interface Picture {
  readonly emoji: string;
  /** The label; -1 where there is none. */
  readonly label: number;
}

/** The emoji of a demo picture, whoever drew it: `drink/1f375__noto.png` shows 1f375. */
function emojiOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(0, name.indexOf('__'));
}

/**
 * Weighted-kNN accuracy (k = 5) of each run where drawings of the same emoji by other vendors, which
 * raw pixels find well, do not count as neighbours; null for a run without stored neighbours.
 */
export function knnWithoutTwins(libraryFile: string, runs: readonly number[]): (number | null)[] {
  const library = openLibrary(libraryFile, { mode: 'read', now: () => 0 });
  try {
    const { ids, paths, labelIndex } = presentSamples(library);
    const pictures = new Map<number, Picture>(
      Array.from(ids, (id, index) => [
        id,
        { emoji: emojiOf(paths[index] ?? ''), label: labelIndex[index] ?? -1 },
      ]),
    );
    return runs.map((run) => accuracyOfRun(library, run, pictures));
  } finally {
    library.close();
  }
}

function accuracyOfRun(
  library: Library,
  run: number,
  pictures: ReadonlyMap<number, Picture>,
): number | null {
  const { weightsHash } = findRun(library, run);
  if (weightsHash === null) return null;
  const ids = embeddedSampleIds(library, weightsHash, 'h');
  const neighbours = readNeighbours(library, weightsHash, 'h', ids);
  if (neighbours === null) return null;
  const rowOfId = new Map(Array.from(ids, (id, row) => [id, row]));
  const rows = new Int32Array(ids.length * k).fill(-1);
  const similarities = new Float32Array(ids.length * k);
  for (const [row, id] of ids.entries()) {
    let found = row * k;
    for (
      let rank = row * neighbours.k;
      rank < (row + 1) * neighbours.k && found < (row + 1) * k;
      rank++
    ) {
      const other = neighbours.ids[rank] ?? -1;
      if (pictures.get(other)?.emoji === pictures.get(id)?.emoji) continue;
      rows[found] = rowOfId.get(other) ?? -1;
      similarities[found] = neighbours.similarities[rank] ?? 0;
      found += 1;
    }
  }
  const labels = Int32Array.from(ids, (id) => pictures.get(id)?.label ?? -1);
  return leaveOneOutAccuracy({ neighbours: { rows, similarities, k }, labels }, k);
}
