import type { AnchorLedger } from '../../../../src-main/contract/ledger.ts';

/**
 * How many ranks each recorded negative rose since the recorded epoch before: 0 stayed, below 0
 * fell; null is new among them.
 */
export function ranksRisen(
  ledger: AnchorLedger,
  before: AnchorLedger | null,
): readonly (number | null)[] {
  const indexBefore = new Map(Array.from(before?.ids ?? [], (id, index) => [id, index]));
  return Array.from(ledger.ids, (id, index) => {
    const was = indexBefore.get(id);
    return was === undefined ? null : was - index;
  });
}

/** The same in a few characters: "new", "up 3", "down 1", "stays". */
export function describeRise(rise: number | null | undefined): string {
  if (rise === null || rise === undefined) return 'new';
  if (rise === 0) return 'stays';
  return `${rise > 0 ? 'up' : 'down'} ${Math.abs(rise)}`;
}
