import { z } from 'zod';
import { EngineError } from '../errors/errors.ts';
import { unknownNameSentence } from '../errors/nearest-name.ts';
import type { ObjectiveParts } from './parts.ts';
import type { ObjectiveDefaults } from './settings-table.ts';

/** An objective by its paper's name: its parts, and defaults that differ from the table's. */
interface Preset extends ObjectiveParts {
  readonly title: string;
  readonly paper: string;
  readonly sentence: string;
  readonly defaults: ObjectiveDefaults;
}

/** All objectives that a run can be trained with. */
export const presets = {
  simclr: {
    title: 'SimCLR (NT-Xent)',
    paper: 'Chen et al., 2020',
    sentence:
      'Every other picture of the batch is a negative, and each counts by its similarity alone.',
    source: 'batch',
    selection: 'all',
    loss: 'info-nce',
    defaults: {},
  },
  debiased: {
    title: 'Debiased (DCL)',
    paper: 'Chuang et al., 2020',
    sentence:
      'Takes the expected push of same-class pictures out of the negatives, without knowing which they are.',
    source: 'batch',
    selection: 'debiased',
    loss: 'info-nce',
    defaults: {},
  },
  hard: {
    title: 'Hard negatives (HCL)',
    paper: 'Robinson et al., 2021',
    sentence: 'Weighs similar negatives up by β, and corrects for same-class ones as DCL does.',
    source: 'batch',
    selection: 'hard',
    loss: 'info-nce',
    defaults: {},
  },
  adnce: {
    title: 'Adjusted InfoNCE (ADNCE)',
    paper: 'Wu et al., 2023',
    sentence:
      'Negatives of about a chosen similarity weigh most: a ring with soft cuts, which doubts the most similar too.',
    source: 'batch',
    selection: 'gaussian',
    loss: 'info-nce',
    defaults: {},
  },
  decoupled: {
    title: 'Decoupled contrastive learning',
    paper: 'Yeh et al., 2022',
    sentence:
      'SimCLR without the positive in the denominator, so that a small batch pushes as much as a large one. Its authors call it DCL, as those of the debiased loss call theirs.',
    source: 'batch',
    selection: 'all',
    loss: 'decoupled',
    defaults: { temperature: 0.1 },
  },
  sogclr: {
    title: 'Global contrastive (SogCLR)',
    paper: 'Yuan et al., 2022',
    sentence:
      'Each picture is compared with the whole library: its denominator is an average over all batches so far, not that of one.',
    source: 'batch',
    selection: 'all',
    loss: 'global',
    defaults: { temperature: 0.1 },
  },
  supcon: {
    title: 'Supervised contrastive (SupCon)',
    paper: 'Khosla et al., 2020',
    sentence:
      'Pictures of one label, or judged the same, are positives of each other; the rest of the batch is pushed away. It learns from the labels that it is given.',
    source: 'batch',
    selection: 'all',
    loss: 'supcon',
    defaults: { temperature: 0.1 },
  },
  sigmoid: {
    title: 'Pairwise sigmoid (SigLIP)',
    paper: 'Zhai et al., 2023',
    sentence: 'Judges each pair by itself, positive or negative, instead of a softmax over all.',
    source: 'batch',
    selection: 'all',
    loss: 'sigmoid',
    defaults: { temperature: 0.1 },
  },
  vicreg: {
    title: 'No negatives (VICReg)',
    paper: 'Bardes et al., 2022',
    sentence:
      'A baseline without any negative: the two views agree, and z must not collapse. What the others gain by their negatives is seen beside it.',
    source: 'batch',
    selection: 'all',
    loss: 'vicreg',
    defaults: {},
  },
  ring: {
    title: 'Ring (CNCE)',
    paper: 'Wu et al., 2020',
    sentence:
      'Keeps only negatives that are neither too easy nor too hard: those between two similarity percentiles.',
    source: 'batch',
    selection: 'ring',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  moco: {
    title: 'MoCo',
    paper: 'He et al., 2020',
    sentence:
      'The negatives are the keys of earlier batches, by an encoder that follows the trained one slowly.',
    source: 'queue',
    selection: 'all',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  'moco-ring': {
    title: 'MoCo with a ring',
    paper: 'Wu et al., 2020',
    sentence: 'Of the keys in the queue only those in the ring around the anchor are negatives.',
    source: 'queue',
    selection: 'ring',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  mochi: {
    title: 'MoCHi',
    paper: 'Kalantidis et al., 2020',
    sentence: 'MoCo with still harder negatives, mixed of the hardest keys in the queue.',
    source: 'queue',
    selection: 'mixing',
    loss: 'info-nce',
    defaults: { temperature: 0.2 },
  },
  negcut: {
    title: 'NEGCUT (after Wang et al., without image translation)',
    paper: 'after Wang et al., 2021',
    sentence:
      'A small generator makes hard negatives for each picture, trained against the encoder. As in the paper they are the only negatives: a network from nothing may collapse so, and needs the real ones beside them.',
    source: 'batch',
    selection: 'generation',
    loss: 'info-nce',
    defaults: { temperature: 0.07, generatedUse: 'replace' },
  },
  ir: {
    title: 'Instance discrimination (IR)',
    paper: 'Wu et al., 2018',
    sentence:
      "Tells a picture's own stored vector from those drawn from a memory bank, one by one.",
    source: 'bank',
    selection: 'all',
    loss: 'binary-nce',
    defaults: { temperature: 0.07 },
  },
  'ir-ring': {
    title: 'IR with a ring',
    paper: 'Wu et al., 2020',
    sentence: 'The negatives are drawn from the ring around the anchor in the memory bank.',
    source: 'bank',
    selection: 'ring',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  cmc: {
    title: 'Contrastive multiview coding (CMC)',
    paper: 'Tian et al., 2020',
    sentence:
      'Lightness and colour of a picture, each by its own encoder, find each other among the stored vectors of all pictures.',
    source: 'two-banks',
    selection: 'all',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  'cmc-nce': {
    title: 'CMC by binary NCE',
    paper: 'Tian et al., 2020',
    sentence:
      'CMC as its authors train it by default: each drawn vector of the other bank is judged by itself, the picture’s own or noise.',
    source: 'two-banks',
    selection: 'all',
    loss: 'binary-nce',
    defaults: { temperature: 0.07 },
  },
  'cmc-ring': {
    title: 'CMC with a ring',
    paper: 'Wu et al., 2020',
    sentence: 'CMC with negatives drawn from the ring around the anchor in the other bank.',
    source: 'two-banks',
    selection: 'ring',
    loss: 'info-nce',
    defaults: { temperature: 0.07 },
  },
  fnc: {
    title: 'False negative cancellation (FNC)',
    paper: 'Huynh et al., 2022',
    sentence:
      'Negatives that look like the anchor in any of its views are attracted, or left out, instead of pushed away.',
    source: 'batch',
    selection: 'cancellation',
    loss: 'info-nce',
    defaults: { temperature: 0.1 },
  },
  prototypes: {
    title: 'Prototypes',
    paper: 'after Caron et al., 2018, and Li et al., 2021',
    sentence:
      'A picture is drawn to the centre of its cluster and pushed from the centres of the others.',
    source: 'prototypes',
    selection: 'all',
    loss: 'info-nce',
    defaults: { temperature: 0.2 },
  },
} as const satisfies Record<string, Preset>;

export type ObjectivePreset = keyof typeof presets;

/** The name of an objective. */
const objectivePreset = z.enum(Object.keys(presets) as [ObjectivePreset, ...ObjectivePreset[]]);

/**
 * The preset of that name.
 * @throws EngineError bad-argument that suggests the nearest name
 */
export function parseObjectivePreset(name: string): ObjectivePreset {
  const parsed = objectivePreset.safeParse(name);
  if (parsed.success) return parsed.data;
  const names = Object.keys(presets);
  throw new EngineError('bad-argument', unknownNameSentence('There is no objective', name, names));
}
