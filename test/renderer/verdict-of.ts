import type { Verdict, VerdictKind } from '../../src-main/contract/verdicts.ts';

/** A verdict on two pictures by hash, as the engine lists it. */
export function verdictOf(
  first: string,
  second: string,
  verdict: VerdictKind,
  change: Partial<Verdict> = {},
): Verdict {
  const picture = (hash: string) => ({ hash, path: `${hash}.png` });
  const time = '2026-01-01T00:00:00.000Z';
  return { pair: [picture(first), picture(second)], verdict, note: '', time, run: null, ...change };
}
