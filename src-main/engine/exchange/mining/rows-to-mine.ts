import { EngineError } from '../../../contract/errors/errors.ts';
import type { MineInput } from '../../../contract/mining.ts';
import type { EmbeddedRun } from '../../neighbours/embedded-run.ts';
import { knownPairs } from '../../verdicts/known-pairs.ts';
import { embeddedSampleIds, readEmbeddings } from '../../store/embeddings.ts';
import { filesOfSample } from '../../store/files.ts';
import type { Library } from '../../store/library-file.ts';
import type { PictureList } from '../../formats/tables/table.ts';

/** The embeddings of a run, and what labels and verdicts say about their rows. */
export function rowsToMine(
  library: Library,
  run: EmbeddedRun,
  { space }: Pick<MineInput, 'space'>,
) {
  const ids = embeddedSampleIds(library, run.weightsHash, space);
  const { vectors, dimensions } = readEmbeddings(library, run.weightsHash, space, ids);
  const { known } = knownPairs(library, ids);
  return { ids, known, rows: { vectors, dimensions, count: ids.length } };
}

/** The error where no row has a positive. */
export function nothingToMine(positives: MineInput['positives']): EngineError {
  return new EngineError(
    positives === 'label' ? 'no-labels' : 'bad-argument',
    positives === 'label'
      ? 'No two pictures have the same label, so there is no positive: take positives from verdicts, or the picture itself.'
      : 'No pictures were judged the same, so there is no positive: take positives from labels, or the picture itself.',
  );
}

/** The name of each picture of a list: its path, its file's absolute path, or its hash. */
export function pictureNames(
  library: Library,
  { ids, hashes, paths }: PictureList,
  naming: MineInput['naming'],
): readonly string[] {
  if (naming === 'hash') return hashes;
  if (naming === 'path') return paths;
  return Array.from(ids, (id) => filesOfSample(library, id)[0] ?? '');
}
