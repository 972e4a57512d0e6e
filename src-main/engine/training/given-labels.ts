import { EngineError } from '../../contract/errors/errors.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { SampleColumns } from '../../contract/library.ts';
import { labelsOf } from '../store/samples.ts';

/**
 * The labels that a training is given of its pictures, slot after slot, -1 for none: a picture with
 * several has one in each of several slots; [slots · pictures]. With `splits` only pictures of these
 * have any.
 * @throws EngineError bad-argument for a split that there is not, or where no picture has a label
 */
export function givenLabels(
  samples: SampleColumns,
  sampleIds: Uint32Array,
  splits: readonly string[] | undefined,
): Int32Array {
  refuseUnknownSplits(samples.splits, splits ?? []);
  const isGiven = givenPictures(samples, splits);
  const labels = labelsOf(samples, sampleIds);
  const members = Array.from(sampleIds, (id, index) =>
    isGiven(id) ? (samples.labelMembers[labels[index] ?? noLabel] ?? []) : [],
  );
  const slots = Math.max(1, ...new Set(members.map(({ length }) => length)));
  if (members.every(({ length }) => length === 0)) throw noneGiven(splits);
  return Int32Array.from(
    { length: slots * sampleIds.length },
    (_, at) => members[at % sampleIds.length]?.[Math.floor(at / sampleIds.length)] ?? noLabel,
  );
}

/** Whether a picture is in one of the splits; every one is where none are named. */
function givenPictures(
  { ids, splitIndex, splits: names }: SampleColumns,
  splits: readonly string[] | undefined,
): (sampleId: number) => boolean {
  if (splits === undefined) return () => true;
  const chosen = new Set(splits.map((name) => names.indexOf(name)));
  const given = new Set(ids.filter((_, index) => chosen.has(splitIndex[index] ?? -1)));
  return (id) => given.has(id);
}

function refuseUnknownSplits(known: readonly string[], wanted: readonly string[]): void {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const there =
    known.length === 0
      ? 'this library has no splits; leave them out, so that all labels are given'
      : `there is ${known.join(', ')}`;
  throw new EngineError(
    'bad-argument',
    `There is no split "${unknown.join('", "')}" whose labels could be given: ${there}.`,
  );
}

function noneGiven(splits: readonly string[] | undefined): EngineError {
  const where = splits === undefined ? '' : ` in ${splits.join(', ')}`;
  return new EngineError(
    'bad-argument',
    `This training learns from labels, but no picture that it is on has one${where}: label pictures, or choose an objective and settings that need none.`,
  );
}
