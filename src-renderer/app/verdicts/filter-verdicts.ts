import type { Verdict, VerdictKind } from '../../../src-main/contract/verdicts.ts';

/** Which verdicts to list. */
interface VerdictFilter {
  /** Null for every kind. */
  readonly kind: VerdictKind | null;
  /** Words that path, label, note or run must hold, each somewhere. */
  readonly text: string;
}

/**
 * The verdicts that pass the filter, in their order; `runName` names the run of a verdict, `labelOf` the
 * labels of a picture by its content hash.
 */
export function filterVerdicts<V extends Verdict>(
  verdicts: readonly V[],
  { kind, text }: VerdictFilter,
  runName: (run: number | null) => string,
  labelOf: (hash: string) => string = () => '',
): V[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return verdicts.filter((one) => {
    if (kind !== null && one.verdict !== kind) return false;
    if (words.length === 0) return true;
    const paths = one.pair.map(({ path, hash }) => path ?? hash);
    const labels = one.pair.map(({ hash }) => labelOf(hash));
    const said = [...paths, ...labels, one.note, runName(one.run)].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
