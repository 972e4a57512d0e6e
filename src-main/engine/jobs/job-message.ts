import type { ErrorReport } from '../../contract/errors/errors.ts';
import type { JobKind } from '../../contract/jobs.ts';
import type { DeviceReport } from '../devices/known-devices.ts';
import type { MapProgress } from '../../contract/map.ts';
import type { JobReport } from './job-context.ts';

/** The input of a job's worker thread. */
export interface JobTask {
  readonly libraryFile: string;
  readonly job: number;
  readonly kind: JobKind;
  /** The job's input, checked against the contract already. */
  readonly input: unknown;
  readonly modelFolder: string;
  /** The devices that an earlier job found. */
  readonly devices: readonly DeviceReport[] | null;
}

/** `stop` ends the thread immediately; the job is resumed later. */
export type JobCommand = 'pause' | 'resume' | 'cancel' | 'stop';

export type JobMessage =
  | { readonly type: 'report'; readonly report: JobReport }
  | { readonly type: 'map'; readonly map: MapProgress }
  | { readonly type: 'devices'; readonly devices: readonly DeviceReport[] }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: ErrorReport };
