import type { JobKind } from '../../contract/jobs.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { silenceTensorflow } from '../graph/silence-tensorflow.ts';

/**
 * The runner of each kind of job, loaded when it is needed: loading tfjs and ONNX Runtime takes a
 * while.
 */
export const jobRunners: { readonly [K in JobKind]: () => Promise<JobRunner<K>> } = {
  scan: async () => (await import('../pictures/scan-job.ts')).runScanJob,
  decodeAgain: async () => (await import('../pictures/decode-again-job.ts')).runDecodeAgainJob,
  train: async () => {
    await silenceTensorflow();
    return (await import('../training/train-job.ts')).runTrainJob;
  },
  addEncoder: async () => {
    await silenceTensorflow();
    return (await import('../encoders/loaded/add-encoder-job.ts')).runAddEncoderJob;
  },
  embed: async () => {
    await silenceTensorflow();
    return (await import('../encoders/embed-job.ts')).runEmbedJob;
  },
  map: async () => (await import('../map/map-job.ts')).runMapJob,
  evaluate: async () => (await import('../evaluation/evaluate-job.ts')).runEvaluateJob,
  positives: async () => {
    await silenceTensorflow();
    return (await import('../training/positives-job.ts')).runPositivesJob;
  },
  pay: async () => (await import('../pay/pay-job.ts')).runPayJob,
  exportEncoder: async () => {
    await silenceTensorflow();
    return (await import('../exchange/encoder-files/export-encoder-job.ts')).runExportEncoderJob;
  },
  exportProjector: async () =>
    (await import('../exchange/viewers/export-projector-job.ts')).runExportProjectorJob,
  exportAtlas: async () =>
    (await import('../exchange/viewers/export-atlas-job.ts')).runExportAtlasJob,
  mine: async () => (await import('../exchange/mining/mine-job.ts')).runMineJob,
  export: async () => (await import('../exchange/tables/export-job.ts')).runExportJob,
  compare: async () => (await import('../comparison/compare-job.ts')).runCompareJob,
  import: async () => (await import('../exchange/import/import-job.ts')).runImportJob,
  neighbours: async () => (await import('../neighbours/neighbours-job.ts')).runNeighboursJob,
  copyLibrary: async () => (await import('../backups/copy-library-job.ts')).runCopyLibraryJob,
  purge: async () => (await import('../runs/purge-job.ts')).runPurgeJob,
};
