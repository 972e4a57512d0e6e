import { EngineError } from '../../contract/errors/errors.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { VerdictQueueInput } from '../../contract/verdict-queue.ts';

/** Which pairs to ask, by the labels of their pictures and by a selection; all by sample id. */
export interface PairFilter {
  readonly allows: (first: number, second: number) => boolean;
  /** Whether any pair with this picture may be allowed. */
  readonly mayHold: (id: number) => boolean;
  /** Whether to look for pairs from this picture: every allowed pair has such a picture. */
  readonly isAnchor: (id: number) => boolean;
}

const always = (): boolean => true;
const noFilter: PairFilter = { allows: always, mayHold: always, isAnchor: always };

/**
 * The filter of a queue: pairs with a picture of one label, or with one of each of two; and pairs with
 * both pictures in a selection, or with at least one.
 * @throws EngineError bad-argument if no picture has a label
 */
export function pairFilter(
  samples: SampleColumns,
  { labels, selection }: Pick<VerdictQueueInput, 'labels' | 'selection'>,
): PairFilter {
  const byLabel = labels === undefined ? noFilter : labelFilter(samples, labels);
  const bySelection =
    selection === undefined ? noFilter : oneOrBoth(new Set(selection.ids), selection.both);
  return {
    allows: (first, second) => byLabel.allows(first, second) && bySelection.allows(first, second),
    mayHold: (id) => byLabel.mayHold(id) && bySelection.mayHold(id),
    // An anchor of the one filter whose pairs all fail the other costs time only.
    isAnchor: labels === undefined ? bySelection.isAnchor : byLabel.isAnchor,
  };
}

function labelFilter(samples: SampleColumns, [one = '', other]: readonly string[]): PairFilter {
  const first = picturesWith(samples, one);
  if (other === undefined) return oneOrBoth(first, false);
  const second = picturesWith(samples, other);
  return {
    allows: (a, b) => (first.has(a) && second.has(b)) || (first.has(b) && second.has(a)),
    mayHold: (id) => first.has(id) || second.has(id),
    isAnchor: (id) => first.has(id) || second.has(id),
  };
}

function oneOrBoth(ids: ReadonlySet<number>, both: boolean): PairFilter {
  const holds = (id: number): boolean => ids.has(id);
  return {
    allows: both ? (a, b) => holds(a) && holds(b) : (a, b) => holds(a) || holds(b),
    mayHold: both ? holds : always,
    isAnchor: holds,
  };
}

/** The ids of the pictures with a label, alone or beside others. */
function picturesWith(
  { ids, labels, labelIndex, labelMembers }: SampleColumns,
  name: string,
): ReadonlySet<number> {
  const number = labels.indexOf(name.normalize('NFC'));
  const found = new Set<number>();
  if (number >= 0) {
    for (const [index, id] of ids.entries()) {
      const label = labelIndex[index] ?? noLabel;
      if (label !== noLabel && labelMembers[label]?.includes(number) === true) found.add(id);
    }
  }
  if (found.size > 0) return found;
  throw new EngineError('bad-argument', `No picture of this library has the label "${name}".`);
}
