import type { VerdictKind } from '../../contract/verdicts.ts';
import type { Library } from './library-file.ts';

/** A person's verdict on two pictures, by content hash; `hashA` sorts before `hashB`. */
export interface StoredVerdict {
  readonly hashA: string;
  readonly hashB: string;
  readonly verdict: VerdictKind;
  readonly note: string;
  readonly runId: number | null;
  readonly createdAt: number;
}

/** A verdict to store; without `createdAt`, it was given now. */
export type NewVerdict = Omit<StoredVerdict, 'hashA' | 'hashB' | 'createdAt'> &
  Partial<Pick<StoredVerdict, 'createdAt'>>;

/** Stores the verdict on a pair, given in any order; replaces an earlier one. */
export function saveVerdict(
  library: Library,
  pair: readonly [string, string],
  verdict: NewVerdict,
): StoredVerdict {
  const [hashA, hashB] = inOrder(pair);
  const stored = { createdAt: library.now(), ...verdict, hashA, hashB };
  library
    .query(
      `INSERT OR REPLACE INTO verdicts (hashA, hashB, verdict, note, runId, createdAt)
       VALUES (@hashA, @hashB, @verdict, @note, @runId, @createdAt)`,
    )
    .run(stored);
  return stored;
}

/** Deletes the verdict on a pair; false where there was none. */
export function removeVerdict(library: Library, pair: readonly [string, string]): boolean {
  const { changes } = library
    .query('DELETE FROM verdicts WHERE hashA = ? AND hashB = ?')
    .run(...inOrder(pair));
  return changes > 0;
}

/** All verdicts, the latest first. */
export function listVerdicts(library: Library): StoredVerdict[] {
  return library
    .query<StoredVerdict>('SELECT * FROM verdicts ORDER BY createdAt DESC, hashA, hashB')
    .all();
}

function inOrder([first, second]: readonly [string, string]): [string, string] {
  return first < second ? [first, second] : [second, first];
}
