import { EngineError } from '../../contract/errors/errors.ts';
import type { SampleColumns } from '../../contract/library.ts';
import { JudgedPairs } from '../../contract/judged-pairs.ts';
import { groupVerdicts } from '../../contract/verdict-groups.ts';
import type { JudgedPicture, Verdict, VerdictGroups } from '../../contract/verdicts.ts';
import type { Library } from '../store/library-file.ts';
import { presentSamples, sampleIdByHash } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import type { StoredVerdict } from '../store/verdicts.ts';

/** The hashes and paths of all present pictures, by which verdicts are described. */
type Named = Pick<SampleColumns, 'hashes' | 'paths'>;

/** A stored verdict as clients see it. */
export function describeVerdict(named: Named, stored: StoredVerdict): Verdict {
  return described(judgedPictures(named), stored);
}

/** Stored verdicts as clients see them, in their order. */
export function describeVerdicts(named: Named, stored: readonly StoredVerdict[]): Verdict[] {
  const pictureOf = judgedPictures(named);
  return stored.map((verdict) => described(pictureOf, verdict));
}

function described(
  pictureOf: (hash: string) => JudgedPicture,
  { hashA, hashB, verdict, note, createdAt, runId }: StoredVerdict,
): Verdict {
  return {
    pair: [pictureOf(hashA), pictureOf(hashB)],
    verdict,
    note,
    time: new Date(createdAt).toISOString(),
    run: runId,
  };
}

/** The groups of a library's verdicts, and the conflicts in them. */
export function verdictGroupsOf(library: Library, named: Named): VerdictGroups {
  const { groups, conflicts } = groupVerdicts(listVerdicts(library));
  const pictureOf = judgedPictures(named);
  return {
    groups: groups.map((hashes) => hashes.map(pictureOf)),
    conflicts: conflicts.map((hashes) => {
      const chain = hashes.map(pictureOf);
      return { chain, sentence: conflictSentence(chain) };
    }),
  };
}

/**
 * The number of each picture's group from 0, -1 without a group, in the order of `sampleIds`.
 * @throws EngineError bad-argument, naming the pictures, if verdicts contradict each other
 */
export function groupsOfSamples(library: Library, sampleIds: Uint32Array): Int32Array {
  const { groups, conflicts } = verdictGroupsOf(library, presentSamples(library));
  const [first] = conflicts;
  if (first) {
    throw new EngineError(
      'bad-argument',
      `${first.sentence} Change one of these verdicts, or train without them.`,
    );
  }
  const groupOfSample = new Map(
    groups.flatMap((group, number) =>
      group.map(({ hash }) => [sampleIdByHash(library, hash), number] as const),
    ),
  );
  return Int32Array.from(sampleIds, (id) => groupOfSample.get(id) ?? -1);
}

/** The pictures on which a verdict with the anchor is in force (`verdictInForce`), by sample id. */
export interface AnchorVerdicts {
  readonly same: ReadonlySet<number>;
  readonly different: ReadonlySet<number>;
}

/** Gives for the picture with a hash what the verdicts of a library say of it and others. */
export function verdictsOnAnchors(library: Library): (hash: string) => AnchorVerdicts {
  const judged = new JudgedPairs(listVerdicts(library));
  const idsOf = (hashes: readonly string[]): ReadonlySet<number> =>
    new Set(hashes.flatMap((other) => sampleIdByHash(library, other) ?? []));
  return (hash) => {
    const { same, different } = judged.decidedWith(hash);
    return { same: idsOf(same), different: idsOf(different) };
  };
}

function conflictSentence(chain: readonly JudgedPicture[]): string {
  const names = chain.map(({ hash, path }) => `"${path ?? hash.slice(0, 12)}"`);
  return `The verdicts say that ${names.join(' is the same as ')}, but that ${names[0] ?? ''} and ${names.at(-1) ?? ''} are different.`;
}

function judgedPictures({ hashes, paths }: Named): (hash: string) => JudgedPicture {
  const pathOf = new Map(hashes.map((hash, index) => [hash, paths[index] ?? null]));
  return (hash) => ({ hash, path: pathOf.get(hash) ?? null });
}
