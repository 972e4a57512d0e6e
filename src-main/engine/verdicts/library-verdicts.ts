import { EngineError } from '../../contract/errors/errors.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { JoinedGroups } from '../../contract/joined-groups.ts';
import { JudgedPairs } from '../../contract/judged-pairs.ts';
import type { JudgedPicture, Verdict, VerdictGroups } from '../../contract/verdicts.ts';
import type { Library } from '../store/library-file.ts';
import { libraryPassOn } from '../store/pass-on.ts';
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

/** What the verdicts of a library decide about any pair, by the way in which they pass on in it. */
export function libraryJudgedPairs(library: Library): JudgedPairs<StoredVerdict> {
  return new JudgedPairs(listVerdicts(library), libraryPassOn(library).passOn);
}

/** The groups of a library's verdicts, and the conflicts in them. */
export function verdictGroupsOf(library: Library, named: Named): VerdictGroups {
  const judged = libraryJudgedPairs(library);
  const pictureOf = judgedPictures(named);
  return {
    passOn: judged.passOn,
    groups: judged.grouped.groups.map((hashes) => hashes.map(pictureOf)),
    passing: judged.passing.map((hashes) => hashes.map(pictureOf)),
    conflicts: judged.grouped.conflicts.map((hashes) => {
      const chain = hashes.map(pictureOf);
      return { chain, sentence: conflictSentence(chain), bars: judged.isBarring(hashes) };
    }),
  };
}

/** The pictures of the two groups that a verdict joins, as clients see them. */
export function picturesOfJoin(
  named: Named,
  { groups: [one, other] }: JoinedGroups,
): [JudgedPicture[], JudgedPicture[]] {
  const pictureOf = judgedPictures(named);
  return [one.map(pictureOf), other.map(pictureOf)];
}

/** What a training takes of verdicts. */
interface JudgedSamples {
  /** The number of each picture's group within which verdicts pass on, -1 for none; [pictures]. */
  readonly groups: Int32Array;
  /** The sample ids of the pairs judged the same, one pair after the other; [2 · pairs]. */
  readonly pairs: Uint32Array;
  /** The sample ids of the pairs judged different, likewise; [2 · pairs]. */
  readonly different: Uint32Array;
}

/**
 * Which of the pictures `sampleIds` are the same, or different, by verdicts, groups that are held out aside.
 * @throws EngineError bad-argument, naming the pictures, if verdicts contradict what is passed on
 */
export function judgedSamples(
  library: Library,
  sampleIds: Uint32Array,
  isHeldOut: (hash: string) => boolean = () => false,
): JudgedSamples {
  const { passing, conflicts } = verdictGroupsOf(library, presentSamples(library));
  const first = conflicts.find(({ bars }) => bars);
  if (first) {
    throw new EngineError(
      'bad-argument',
      `${first.sentence} Change one of these verdicts, or train without them.`,
    );
  }
  const groupOfSample = new Map(
    passing
      .filter(([first]) => first === undefined || !isHeldOut(first.hash))
      .flatMap((group, number) =>
        group.map(({ hash }) => [sampleIdByHash(library, hash), number] as const),
      ),
  );
  const trained = new Set(sampleIds);
  const judged = listVerdicts(library);
  const idsOf = (pairs: readonly StoredVerdict[]): Uint32Array =>
    Uint32Array.from(
      pairs
        .map(({ hashA, hashB }) => [hashA, hashB].map((one) => sampleIdByHash(library, one) ?? -1))
        .filter((pair) => pair.every((id) => trained.has(id)))
        .flat(),
    );
  return {
    groups: Int32Array.from(sampleIds, (id) => groupOfSample.get(id) ?? -1),
    pairs: idsOf(judged.filter(({ verdict, hashA }) => verdict === 'same' && !isHeldOut(hashA))),
    different: idsOf(judged.filter(({ verdict }) => verdict === 'different')),
  };
}

/** The pictures on which a verdict with the anchor is in force (`verdictInForce`), by sample id. */
export interface AnchorVerdicts {
  readonly same: ReadonlySet<number>;
  readonly different: ReadonlySet<number>;
}

/** Gives for the picture with a hash what the verdicts of a library say of it and others. */
export function verdictsOnAnchors(library: Library): (hash: string) => AnchorVerdicts {
  const judged = libraryJudgedPairs(library);
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
  let pathOf: ReadonlyMap<string, string | null> | null = null;
  return (hash) => {
    pathOf ??= new Map(hashes.map((each, index) => [each, paths[index] ?? null]));
    return { hash, path: pathOf.get(hash) ?? null };
  };
}
