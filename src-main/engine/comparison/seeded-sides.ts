import { EngineError } from '../../contract/errors/errors.ts';
import { seedGroupOf, seedGroups } from '../../contract/seed-groups.ts';
import type { SeedGroup } from '../../contract/seed-groups.ts';
import type { SeedMethod } from '../../contract/trainings-comparison.ts';
import type { Library } from '../store/library-file.ts';
import { listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { ComparedWeights } from './compared-weights.ts';

/** One side of a comparison with all finished seeds of its training. */
interface SeededSide {
  readonly name: string;
  readonly runs: readonly Run[];
  /** Whether another seed would give another encoder. */
  readonly hasSeeds: boolean;
}

/** Both sides with their seeds, and which training tells how far two seeds are apart. */
export interface SeededSides {
  readonly method: SeedMethod;
  readonly a: SeededSide;
  readonly b: SeededSide;
  /** A third training of the same encoder and pictures, where neither side has two seeds. */
  readonly borrowed: SeedGroup<Run> | null;
}

/** The seeds of both sides, from what the library's runs were trained with. */
export function seededSides(
  library: Library,
  first: ComparedWeights,
  second: ComparedWeights,
): SeededSides {
  const finished = listRuns(library).filter(
    ({ state, weightsHash }) => state === 'done' && weightsHash !== null,
  );
  const groups = seedGroups(finished);
  const [groupA, groupB] = [groupOf(groups, first), groupOf(groups, second)];
  const [a, b] = [sideOf(first, groupA), sideOf(second, groupB)];
  if (first.epoch !== null || second.epoch !== null) {
    return { method: 'unknown', a, b, borrowed: null };
  }
  if (groupA !== null && groupA === groupB) {
    if (first.isWhole && second.isWhole) throw sameGroup(groupA);
    return { method: groupA.runs.length > 1 ? 'same-training' : 'unknown', a, b, borrowed: null };
  }
  const ownSeeds = methodOfSeeds([a, b]);
  if (ownSeeds !== null) return { method: ownSeeds, a, b, borrowed: null };
  const isSeeded = a.hasSeeds || b.hasSeeds;
  const borrowed = isSeeded ? mostAlike(groups, [first.run, second.run]) : null;
  return { method: borrowed ? 'borrowed' : 'unknown', a, b, borrowed };
}

/** What the sides' own seeds allow; null where no side has two. */
function methodOfSeeds(sides: readonly SeededSide[]): 'seeds' | 'one-run' | null {
  const seeded = sides.filter(({ hasSeeds }) => hasSeeds);
  const several = seeded.filter(({ runs }) => runs.length > 1);
  if (several.length === 0) return null;
  return several.length === seeded.length ? 'seeds' : 'one-run';
}

/** The groups whose pairs of seeds show what another seed alone changes. */
export function nullGroups({ a, b, borrowed, method }: SeededSides): SeedGroup<Run>[] {
  if (method === 'unknown') return [];
  const sides = method === 'same-training' ? [a] : [a, b];
  const own = sides.filter(({ hasSeeds, runs }) => hasSeeds && runs.length > 1);
  return borrowed ? [borrowed] : own;
}

function groupOf(
  groups: readonly SeedGroup<Run>[],
  { run, epoch }: ComparedWeights,
): SeedGroup<Run> | null {
  return epoch === null ? seedGroupOf(groups, run) : null;
}

function sideOf({ run, name }: ComparedWeights, group: SeedGroup<Run> | null): SeededSide {
  const hasSeeds = run.kind === 'trained';
  const seed = run.settings['seed'];
  // A run that repeats a seed of its group stands for that seed.
  return group
    ? {
        name: group.name,
        runs: group.runs.map((one) => (one.settings['seed'] === seed ? run : one)),
        hasSeeds,
      }
    : { name, runs: [run], hasSeeds };
}

/** The group with the most seeds among those with the encoder and the pictures of one of the runs. */
function mostAlike(
  groups: readonly SeedGroup<Run>[],
  wanted: readonly Run[],
): SeedGroup<Run> | null {
  const kinds = new Set(wanted.filter(({ kind }) => kind === 'trained').map(kindOf));
  const alike = groups.filter(
    ({ runs }) => runs.length > 1 && runs[0] && kinds.has(kindOf(runs[0])),
  );
  return alike.toSorted((one, other) => other.runs.length - one.runs.length)[0] ?? null;
}

/** What trainings must share so that seeds are likely to matter as much: encoder and pictures. */
function kindOf({ encoder, settings }: Run): string {
  const frozen = settings['frozen'] as { readonly hash?: unknown } | undefined;
  return JSON.stringify([encoder, frozen?.hash, settings['pictureSet'], settings['pictures']]);
}

function sameGroup({ name }: SeedGroup<Run>): EngineError {
  return new EngineError(
    'bad-argument',
    `Both sides are all seeds of "${name}": choose the seeds of two trainings, or two runs.`,
  );
}
