import { z } from 'zod';
import { adapterStart } from '../../../src-main/contract/adapter-start.ts';
import { headViews } from '../../../src-main/contract/cached-views.ts';
import { batchChoice } from '../../../src-main/contract/batch-drawing.ts';
import { augmentationPreset } from '../../../src-main/contract/augmentations.ts';
import { presets, type ObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import { labelUse } from '../../../src-main/contract/label-use.ts';
import { optimisationChoice } from '../../../src-main/contract/optimisation.ts';
import { projectionHead } from '../../../src-main/contract/projection-heads.ts';
import { runReference, trainableEncoder, trainInput } from '../../../src-main/contract/runs.ts';
import { defaultHeldOut, keptEpoch } from '../../../src-main/contract/held-out.ts';
import { keepCheckpoints } from '../../../src-main/contract/stored-checkpoints.ts';
import {
  groupPositives,
  groupPositivesByDefault,
  verdictUse,
} from '../../../src-main/contract/verdict-use.ts';

const objectiveNames = Object.keys(presets) as [ObjectivePreset, ...ObjectivePreset[]];
/** An emptied field has no number. */
const numberOr = (otherwise: number) => z.number().catch(otherwise);
const settings = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]));

/** What is filled in for the next training, as plain data. */
export const trainFormSnapshot = z.object({
  name: z.string(),
  encoder: trainableEncoder,
  on: runReference,
  keptViews: numberOr(headViews),
  tunedViews: numberOr(0),
  objective: z.enum(objectiveNames),
  head: projectionHead.nullable().catch(null),
  chosenEpochs: z.number().optional().catch(undefined),
  batch: numberOr(64),
  chosenSize: z.number().optional().catch(undefined),
  trainFrom: z.string().optional().catch(undefined),
  lora: z.number().optional().catch(undefined),
  layerDecay: trainInput.shape.layerDecay.catch(trainInput.shape.layerDecay.parse(undefined)),
  seed: numberOr(1),
  seeds: numberOr(1),
  device: z.string(),
  verdicts: verdictUse,
  groupPositives: groupPositives.catch(groupPositivesByDefault),
  adapterStart: adapterStart.catch('judged'),
  labels: labelUse.catch('ignore'),
  labelsOf: z.array(z.string()).catch([]),
  heldOut: numberOr(defaultHeldOut),
  keepEpoch: keptEpoch.catch('best'),
  patience: numberOr(0),
  ledgerSize: numberOr(32),
  keepCheckpoints: keepCheckpoints,
  /** The changed settings of each objective. */
  changed: z.partialRecord(z.enum(objectiveNames), settings),
  views: z.object({
    chosen: augmentationPreset.nullable().catch(null),
    changed: z.partialRecord(augmentationPreset, z.record(z.string(), z.number())),
  }),
  optimisation: optimisationChoice.catch({}),
  batches: batchChoice.catch({}),
});
export type TrainFormSnapshot = z.infer<typeof trainFormSnapshot>;
