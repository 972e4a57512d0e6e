import { z } from 'zod';
import { compareInput, compareResult } from './comparison.ts';
import { copyLibraryInput, copyLibraryResult } from './backups.ts';
import { decodeAgainInput, decodeAgainResult } from './decoding.ts';
import { errorReport } from './errors/errors.ts';
import { addEncoderInput, addEncoderResult } from './loaded-encoders.ts';
import {
  exportAtlasInput,
  exportAtlasResult,
  exportEncoderInput,
  exportEncoderResult,
  exportInput,
  exportProjectorInput,
  exportProjectorResult,
  exportResult,
} from './exports.ts';
import { importInput, importResult } from './imports.ts';
import { purgeInput, purgeResult } from './run-care.ts';
import { scanInput, scanResult } from './library.ts';
import { mapInput, mapResult } from './map.ts';
import { mineInput, mineResult } from './mining.ts';
import { payInput, payResult } from './pay.ts';
import { positivesInput, positivesResult } from './positives.ts';
import { neighbourSearchInput, neighbourSearchResult } from './near-duplicates.ts';
import {
  embedInput,
  embedResult,
  evaluateInput,
  evaluateResult,
  trainInput,
  trainResult,
} from './runs.ts';

/** The kinds of jobs: the input and the result of each. */
export const jobKinds = {
  scan: { input: scanInput, result: scanResult },
  /** Changes how the library's pictures are decoded, and makes the thumbnails that this changes. */
  decodeAgain: { input: decodeAgainInput, result: decodeAgainResult },
  train: { input: trainInput, result: trainResult },
  addEncoder: { input: addEncoderInput, result: addEncoderResult },
  embed: { input: embedInput, result: embedResult },
  map: { input: mapInput, result: mapResult },
  evaluate: { input: evaluateInput, result: evaluateResult },
  /** Measures the similarity of each picture's views in z, for a run that was trained without. */
  positives: { input: positivesInput, result: positivesResult },
  /** Measures whether verdicts paid, by the pairs that were fed and those that were held out. */
  pay: { input: payInput, result: payResult },
  compare: { input: compareInput, result: compareResult },
  import: { input: importInput, result: importResult },
  neighbours: { input: neighbourSearchInput, result: neighbourSearchResult },
  export: { input: exportInput, result: exportResult },
  exportEncoder: { input: exportEncoderInput, result: exportEncoderResult },
  exportProjector: { input: exportProjectorInput, result: exportProjectorResult },
  exportAtlas: { input: exportAtlasInput, result: exportAtlasResult },
  mine: { input: mineInput, result: mineResult },
  /** Deletes runs for good that are deleted already. */
  purge: { input: purgeInput, result: purgeResult },
  /** Writes a copy of the whole library. */
  copyLibrary: { input: copyLibraryInput, result: copyLibraryResult },
} as const;

export type JobKind = keyof typeof jobKinds;
export type JobInput<K extends JobKind> = z.input<(typeof jobKinds)[K]['input']>;
export type JobResult<K extends JobKind> = z.infer<(typeof jobKinds)[K]['result']>;

const jobKind = z.enum(Object.keys(jobKinds) as [JobKind, ...JobKind[]]);
const jobState = z.enum(['queued', 'running', 'paused', 'done', 'cancelled', 'failed']);
export type JobState = z.infer<typeof jobState>;

/** A job as clients see it. `detail` holds live numbers (epoch, loss, picturesPerSecond…). */
export const jobStatus = z.object({
  job: z.number().int(),
  kind: jobKind,
  title: z.string(),
  /** The job's input, with defaults filled in. */
  input: z.unknown(),
  state: jobState,
  progress: z.number().min(0).max(1),
  message: z.string(),
  secondsLeft: z.number().nullable(),
  detail: z.record(z.string(), z.union([z.number(), z.string()])),
  run: z.number().int().nullable(),
  result: z.unknown().nullable(),
  error: errorReport.nullable(),
});
export type JobStatus = z.infer<typeof jobStatus>;

/** A job to be started: its kind, and the input of that kind. */
type StartJob = { [K in JobKind]: { readonly kind: K; readonly input: JobInput<K> } }[JobKind];
type CheckedStartJob = {
  [K in JobKind]: { readonly kind: K; readonly input: z.infer<(typeof jobKinds)[K]['input']> };
}[JobKind];

const startJobOptions = jobKind.options.map((kind) =>
  z.object({ kind: z.literal(kind), input: jobKinds[kind].input }),
);
type StartJobOption = (typeof startJobOptions)[number];

// The schema of a computed list does not relate inputs to kinds; this type does.
export const startJobInput = z.discriminatedUnion(
  'kind',
  startJobOptions as [StartJobOption, ...StartJobOption[]],
) as unknown as z.ZodType<CheckedStartJob, StartJob>;
export const jobReference = z.object({ job: z.number().int() });
