import type { Metrics } from '../../contract/runs.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { picturesWithGivenLabels } from './label-pictures.ts';
import type { LabelColumn } from './label-columns.ts';
import { picturesInVerdicts } from './verdict-pictures.ts';

/**
 * How many of the scored pictures were in verdicts, or have labels, that trained a run; nothing where
 * none did. `ids` are the pictures of the labels.
 */
export function trainedPictures(
  library: Library,
  samples: SampleColumns,
  run: Run,
  ids: Uint32Array,
  scored: LabelColumn,
): Pick<Metrics, 'verdictPictures' | 'labelPictures'> {
  const inVerdicts = picturesInVerdicts(library, run, ids, scored);
  const withLabels = picturesWithGivenLabels(samples, run, ids, scored);
  return {
    ...(inVerdicts !== null && { verdictPictures: inVerdicts }),
    ...(withLabels !== null && { labelPictures: withLabels }),
  };
}
