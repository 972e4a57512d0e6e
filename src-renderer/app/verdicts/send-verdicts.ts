import type { Verdict } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';

/** What becomes of the verdict on a pair, by content hash; null for no verdict. */
export interface PairChange {
  readonly pair: [string, string];
  readonly verdict: Verdict | null;
}

/** So many changes are sent to the engine at a time. */
const atOnce = 1000;

/** Makes the engine save changes: one by itself, many in few calls. */
export async function sendVerdicts(
  connection: Connection,
  changes: readonly PairChange[],
): Promise<void> {
  const [only] = changes;
  if (only !== undefined && changes.length === 1) await sendOne(connection, only);
  else {
    for (let first = 0; first < changes.length; first += atOnce) {
      const some = changes.slice(first, first + atOnce);
      await connection.call('verdicts.change', { changes: some.map(asInput) });
    }
  }
}

async function sendOne(connection: Connection, change: PairChange): Promise<void> {
  const { verdict, ...rest } = asInput(change);
  if (verdict === null) await connection.call('verdicts.remove', { pair: change.pair });
  else await connection.call('verdicts.set', { ...rest, verdict });
}

function asInput({ pair, verdict }: PairChange) {
  if (verdict === null) return { pair, verdict: null };
  const { verdict: kind, note, run, time } = verdict;
  return { pair, verdict: kind, note, time, ...(run !== null && { run }) };
}
