import type { Verdict, VerdictKind } from '../../src-main/contract/verdicts.ts';
import type { Connection } from './connection.svelte.ts';
import { judgedKinds, strongestByHash, type JudgedKind } from './judged-kinds.ts';
import { latestOnly } from './latest-only.ts';

/** Which pictures have verdicts, and which. */
export class JudgedPictures {
  kindByHash = $state.raw<ReadonlyMap<string, VerdictKind>>(strongestByHash([]));
  readonly refresh: () => Promise<void>;

  constructor(connection: Connection) {
    const read = latestOnly<'all', Verdict[]>(
      () => connection.call('verdicts.list', {}),
      (verdicts) => (this.kindByHash = strongestByHash(verdicts)),
    );
    this.refresh = () => read('all');
  }

  kindOf(hash: string): JudgedKind {
    return this.kindByHash.get(hash) ?? 'none';
  }

  /** How many of some pictures are of each of `judgedKinds`. */
  countKinds(hashes: readonly string[]): number[] {
    const counts = judgedKinds.map(() => 0);
    for (const hash of hashes) {
      const kind = judgedKinds.indexOf(this.kindOf(hash));
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }
}
