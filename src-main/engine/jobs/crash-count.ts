import type { Library } from '../store/library-file.ts';
import { readMeta, writeMeta } from '../store/meta.ts';

const mostCrashes = 3;

/**
 * Records that the process died while this job ran. Returns true once that has happened so often that
 * the job is the likely cause and should not be restarted automatically.
 */
export function noteCrash(library: Library, job: number): boolean {
  const key = 'crashes';
  const [knownJob, count] = (readMeta(library, key) ?? '0 0').split(' ').map(Number);
  const crashes = knownJob === job ? (count ?? 0) + 1 : 1;
  writeMeta(library, key, `${job} ${crashes}`);
  return crashes >= mostCrashes;
}
