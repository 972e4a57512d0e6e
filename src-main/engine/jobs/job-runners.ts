import type { z } from 'zod';
import type { jobKinds, JobKind, JobResult } from '../../contract/jobs.ts';
import type { JobContext } from './job-context.ts';
import { silenceTensorflow } from './silence-tensorflow.ts';

export type CheckedJobInput<K extends JobKind> = z.infer<(typeof jobKinds)[K]['input']>;

/** Does one kind of job, from its checked input to its result. */
export type JobRunner<K extends JobKind> = (
  context: JobContext,
  input: CheckedJobInput<K>,
) => Promise<JobResult<K>>;

/** Each kind's code is loaded when it is needed: tfjs and ONNX Runtime take a while. */
export const jobRunners: { readonly [K in JobKind]: () => Promise<JobRunner<K>> } = {
  scan: async () => (await import('./scan-job.ts')).runScanJob,
  train: async () => {
    await silenceTensorflow();
    return (await import('../training/train-job.ts')).runTrainJob;
  },
  addEncoder: async () => {
    await silenceTensorflow();
    return (await import('../loaded-encoders/add-encoder-job.ts')).runAddEncoderJob;
  },
  embed: async () => {
    await silenceTensorflow();
    return (await import('../embedding/embed-job.ts')).runEmbedJob;
  },
  map: async () => (await import('./map-job.ts')).runMapJob,
  evaluate: async () => (await import('./evaluate-job.ts')).runEvaluateJob,
  exportEncoder: async () => {
    await silenceTensorflow();
    return (await import('../exchange/onnx/export-encoder-job.ts')).runExportEncoderJob;
  },
  exportProjector: async () =>
    (await import('../exchange/viewers/export-projector-job.ts')).runExportProjectorJob,
  exportAtlas: async () =>
    (await import('../exchange/viewers/export-atlas-job.ts')).runExportAtlasJob,
  mine: async () => (await import('../exchange/mining/mine-job.ts')).runMineJob,
  export: async () => (await import('../exchange/export-job.ts')).runExportJob,
  compare: async () => (await import('./compare-job.ts')).runCompareJob,
  import: async () => (await import('../exchange/import/import-job.ts')).runImportJob,
  neighbours: async () => (await import('./neighbours-job.ts')).runNeighboursJob,
  purge: async () => (await import('./purge-job.ts')).runPurgeJob,
};
