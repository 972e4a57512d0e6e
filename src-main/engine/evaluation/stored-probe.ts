import { createHash } from 'node:crypto';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { readComparison, saveComparison } from '../store/comparisons.ts';
import type { Library } from '../store/library-file.ts';
import { hashSampleIds } from '../store/sample-ids.ts';
import type { LabelColumn } from './label-columns.ts';
import { linearProbe } from './linear-probe.ts';
import type { ProbeShares } from './linear-probe.ts';

/** To be changed with the probe, so that stored results are computed again. */
const version = 1;

/** The rows that are probed, of which pictures and under which weights. */
type ProbedRun = UnitRows & Pick<RunEmbeddings, 'weightsHash' | 'ids'>;

interface StoredShares {
  readonly repeats: number;
  /** How often each row was right, in its order; -1 for rows that take no part. */
  readonly times: number[];
}

/**
 * `linearProbe` of a run's rows: what is in the library for these weights, pictures, labels and groups,
 * else it is fitted and stored there, beside the comparisons of the weights.
 * @throws EngineError cancelled through `yieldToEvents`
 */
export async function storedProbe(
  library: Library,
  { weightsHash, ids, vectors, count, dimensions }: ProbedRun,
  labels: LabelColumn,
  groups: Int32Array | null,
  yieldToEvents: (done: number) => Promise<void>,
): Promise<ProbeShares | null> {
  const divided = createHash('sha256').update(JSON.stringify([...labels]));
  divided.update(JSON.stringify(groups && [...groups]));
  const key = {
    first: weightsHash,
    second: weightsHash,
    samplesHash: hashSampleIds(ids),
    parameters: JSON.stringify({ probe: version, labels: divided.digest('hex') }),
  };
  const stored = readComparison(library, key);
  if (stored !== null) {
    const { repeats, times } = JSON.parse(stored) as StoredShares;
    return { repeats, right: Float32Array.from(times, (one) => (one < 0 ? -1 : one / repeats)) };
  }
  const shares = await linearProbe({ vectors, count, dimensions }, labels, groups, yieldToEvents);
  if (shares === null) return null;
  const { right, repeats } = shares;
  const times = Array.from(right, (one) => (one < 0 ? -1 : Math.round(one * repeats)));
  saveComparison(library, key, JSON.stringify({ repeats, times } satisfies StoredShares));
  return shares;
}
