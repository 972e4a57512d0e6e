import type { MapProgress } from '../../contract/map.ts';
import type { Library } from '../store/library-file.ts';

/** A job's report while it works. `progress` is 0 to 1; `detail` holds live numbers. */
export interface JobReport {
  readonly progress: number;
  readonly message: string;
  /**
   * What is being done, where the message does not say it: a message of other words (numbers aside)
   * is another phase, whose speed is measured anew.
   */
  readonly phase?: string;
  readonly detail?: Readonly<Record<string, number | string>>;
  /** The run that the job makes or changes, as soon as it is known. */
  readonly run?: number;
}

/** What a worker thread gives its job. Jobs await `yieldToEvents` between steps. */
export interface JobContext {
  /** The worker's own connection to the library. */
  readonly library: Library;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The number of this job; a resumed job has the same number as before. */
  readonly job: number;
  /** The folder of the npm packages' data files (the starter encoder's model). */
  readonly modelFolder: string;
  report(report: JobReport): void;
  /** Sends clients a map that is being laid out. */
  showMap(map: MapProgress): void;
  /**
   * Lets messages be handled, waits while the job is paused, and throws EngineError('cancelled') once
   * it is cancelled.
   */
  yieldToEvents(): Promise<void>;
}
