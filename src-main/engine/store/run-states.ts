import type { RunState } from '../../contract/runs.ts';
import type { Library } from './library-file.ts';

/**
 * Sets the state of the run that a job began; does nothing where the run has ended, or does not exist
 * yet.
 */
export function setUnfinishedRun(library: Library, job: number, state: RunState): void {
  library
    .query(
      `UPDATE runs SET state = @state
       WHERE state IN ('training', 'paused') AND json_extract(settings, '$.job') = @job`,
    )
    .run({ job, state });
}

/**
 * Ends the runs that did not end with their job, with that job's state: older versions left such runs.
 */
export function endAbandonedRuns(library: Library): void {
  library
    .query(
      `UPDATE runs SET state = coalesce(
         (SELECT jobs.state FROM jobs WHERE jobs.id = json_extract(settings, '$.job')), 'cancelled')
       WHERE state IN ('training', 'paused') AND NOT EXISTS
         (SELECT 1 FROM jobs WHERE jobs.id = json_extract(settings, '$.job')
            AND jobs.state IN ('queued', 'running', 'paused'))`,
    )
    .run();
}
