import { EngineError } from '../../contract/errors/errors.ts';
import type { VectorSpace } from '../../contract/negatives.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { partsOf } from '../../contract/objectives/parse-objective.ts';
import { parseObjectivePreset } from '../../contract/objectives/presets.ts';
import { twoSidedRows } from '../numeric/two-sided-rows.ts';
import type { ComparedRows } from '../numeric/two-sided-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { Library } from '../store/library-file.ts';
import { readPositive } from '../store/positives.ts';
import type { MeasuredPositive } from '../store/positives.ts';
import type { Run } from '../store/runs.ts';

/** The space whose similarities an explanation takes. */
export interface ComparedSpace {
  readonly space: VectorSpace;
  /** The spaces that there are. */
  readonly spaces: readonly VectorSpace[];
  /** The vectors of all pictures, in the order of the run's embeddings. */
  readonly rows: ComparedRows;
  /** What was measured of a picture's positive in this space; null where nothing was. */
  readonly positiveOf: (sampleId: number) => MeasuredPositive | null;
}

/**
 * The wanted space of a run, or that which its loss compares: z where it has one (`projected`), else h.
 * A head's z is its h, so that it has the one space z.
 * @throws EngineError not-found where z is wanted and the run has none
 */
export function comparedSpace(
  library: Library,
  run: Pick<Run, 'objective' | 'settings'>,
  embeddings: RunEmbeddings,
  projected: UnitRows | null,
  wanted?: VectorSpace,
): ComparedSpace {
  if (wanted === 'z' && projected === null) {
    throw new EngineError(
      'not-found',
      'This run has no projected z: its encoder has no projection head. Explain it on h.',
    );
  }
  const isOne = projected === null || projected === embeddings;
  if (projected === null || (wanted === 'h' && !isOne)) {
    const spaces = isOne ? (['h'] as const) : (['z', 'h'] as const);
    return { space: 'h', spaces, rows: embeddings, positiveOf: () => null };
  }
  return {
    space: 'z',
    spaces: isOne ? ['z'] : ['z', 'h'],
    rows: hasTwoSides(run) ? sidesOf(projected) : projected,
    positiveOf: (id) => readPositive(library, embeddings.weightsHash, id),
  };
}

/** Whether a run's loss compared lightness with colour. */
function hasTwoSides({ objective, settings }: Pick<Run, 'objective' | 'settings'>): boolean {
  if (objective === null) return false;
  return partsOf(parseObjectivePreset(objective), settings).source === 'two-banks';
}

/** The sides of rows that were compared before, which other caches know by their identity. */
const knownSides = new WeakMap<UnitRows, ComparedRows>();

function sidesOf(projected: UnitRows): ComparedRows {
  const sides = knownSides.get(projected) ?? twoSidedRows(projected);
  knownSides.set(projected, sides);
  return sides;
}
