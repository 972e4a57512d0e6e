import {
  miningLayout,
  pictureNaming,
  positiveSource,
} from '../../../../src-main/contract/mining.ts';
import type { MiningChoice } from '../../../../src-main/contract/mining.ts';

interface NumberField {
  readonly kind: 'number';
  /** What an empty field means; a field without it may not be empty. */
  readonly empty?: string;
  readonly step: number;
  readonly min?: number;
}

type Field = (
  | NumberField
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'switch' }
) & { readonly key: keyof MiningChoice; readonly sentence: string };

const count = { kind: 'number', step: 1, min: 0 } as const;
const score = { kind: 'number', step: 0.01, empty: 'none' } as const;

/** The parameters of mining, in the order in which they act. */
export const miningFields: readonly Field[] = [
  {
    key: 'positives',
    kind: 'choice',
    choices: positiveSource.options,
    sentence: 'The picture itself, others of its label, or others judged the same.',
  },
  {
    key: 'positives_per_anchor',
    ...count,
    sentence: 'Drawn by the seed; 0 takes all.',
  },
  {
    key: 'label_aware',
    kind: 'switch',
    sentence: 'Pictures of the anchor’s own label are no negatives, unless judged different.',
  },
  {
    key: 'absolute_margin',
    ...score,
    sentence: 'A negative is at least so far below the least similar positive.',
  },
  {
    key: 'relative_margin',
    ...score,
    sentence: 'The same, as a fraction of the positive’s similarity.',
  },
  { key: 'max_score', ...score, sentence: 'Candidates more similar than this are left out.' },
  { key: 'min_score', ...score, sentence: 'Candidates less similar than this are left out.' },
  {
    key: 'range_min',
    ...count,
    sentence: 'So many of the candidates that passed are skipped, the most similar first.',
  },
  {
    key: 'range_max',
    ...{ ...count, min: 1, empty: 'auto' },
    sentence: 'Candidates behind this rank are left out.',
  },
  { key: 'num_negatives', ...{ ...count, min: 1 }, sentence: 'Negatives for each anchor.' },
  {
    key: 'sampling_strategy',
    kind: 'choice',
    choices: ['top', 'random'],
    sentence: 'The first of those left, or drawn from them by the seed.',
  },
  { key: 'seed', ...count, sentence: 'The same seed draws the same.' },
  {
    key: 'output_format',
    kind: 'choice',
    choices: miningLayout.options,
    sentence: 'The columns that a trainer wants.',
  },
  { key: 'output_scores', kind: 'switch', sentence: 'Similarities go into the file too.' },
  {
    key: 'naming',
    kind: 'choice',
    choices: pictureNaming.options,
    sentence: 'What stands for a picture: path in the folder, whole path, or hash.',
  },
];
