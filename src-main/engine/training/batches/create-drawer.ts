import type { BatchSettings } from '../../../contract/batch-drawing.ts';
import type { VerdictUse } from '../../../contract/verdict-use.ts';
import type { Random } from '../../numeric/random.ts';
import { differentPairsArray } from '../step/known-negatives.ts';
import type { BatchDrawer, DrawnFrom } from './batch-drawer.ts';
import { metPairs, pairsAtRate } from './different-together.ts';
import type { IndexPairs, MeetingPlace } from './different-together.ts';
import { cutIntoBatches, epochOrder } from './epoch-order.ts';
import { groupBatches } from './group-batches.ts';
import { groupsArray } from './group-state.ts';
import { judgedSameAs, othersInPairs } from '../step/judged-same.ts';
import type { OthersOf } from '../step/judged-same.ts';
import { neighbourGroups } from './neighbour-groups.ts';
import { proximityOf } from './proximity-state.ts';
import type { EmbedState, Proximity } from './proximity-state.ts';
import { walkedBatches } from './restarting-walk.ts';

/** What batches are drawn by. */
export interface BatchPlan {
  readonly settings: BatchSettings;
  /** Pictures of a batch. */
  readonly batch: number;
  readonly verdicts: VerdictUse;
  /** Where pictures judged different must be to meet; null where the source holds all pictures anyway. */
  readonly meeting: MeetingPlace | null;
}

/** What drawing takes of a training besides its state. */
export interface DrawerSources {
  readonly embed: EmbedState;
  readonly yieldToEvents: () => Promise<void>;
}

/** Draws the batches of a training's epochs as its plan says. */
export function createBatchDrawer(plan: BatchPlan, sources: DrawerSources): BatchDrawer {
  return {
    draw: async (state, random) => {
      const { sampleIds } = state;
      const { drawn, satOut } = epochOrder(sampleIds.length, plan.batch, random);
      const proximity = usesGraph(plan.settings)
        ? await proximityOf(state, plan.settings, sources.embed, random, sources.yieldToEvents)
        : null;
      const batches = drawnBatches(plan, state, drawn, proximity, random);
      const { differentRate } = plan.settings;
      const wanted =
        plan.meeting === null ? [] : pairsAtRate(differentPairs(state), differentRate, random);
      const met =
        plan.meeting === null || wanted.length === 0
          ? batches
          : metPairs(batches, satOut, wanted, plan.meeting, random);
      return {
        batches: met.map((batch) => Uint32Array.from(batch, (index) => sampleIds[index] ?? 0)),
        arrays: proximity?.arrays ?? {},
      };
    },
  };
}

/** Draws batches in a shuffled order. */
export function randomBatches(batch: number): BatchDrawer {
  return {
    draw: ({ sampleIds }, random) => {
      const { drawn } = epochOrder(sampleIds.length, batch, random);
      const batches = cutIntoBatches(drawn, batch).map((indices) =>
        Uint32Array.from(indices, (index) => sampleIds[index] ?? 0),
      );
      return Promise.resolve({ batches, arrays: {} });
    },
  };
}

/** Whether batches are drawn over a proximity graph. */
function usesGraph({ batches, groupBy }: BatchSettings): boolean {
  return batches === 'proximity' || (batches === 'group' && groupBy === 'neighbours');
}

function drawnBatches(
  plan: BatchPlan,
  state: DrawnFrom,
  drawn: Uint32Array,
  proximity: Proximity | null,
  random: Random,
): number[][] {
  const { settings, batch } = plan;
  const { groupSize, restartProbability } = settings;
  if (settings.batches === 'random') return cutIntoBatches(drawn, batch);
  if (!usesGraph(settings)) {
    const groups = state.arrays[groupsArray] ?? [];
    return groupBatches(drawn, (picture) => groups[picture] ?? -1, { batch, groupSize }, random);
  }
  if (proximity === null) return cutIntoBatches(drawn, batch);
  const { graph, suspected } = proximity;
  const apartFrom = apartOf(plan, state, suspected);
  if (settings.batches === 'group') {
    const groupOf = neighbourGroups(drawn, graph, groupSize, apartFrom);
    return groupBatches(drawn, groupOf, { batch, groupSize }, random);
  }
  const walk = { batch, apartFrom, restartProbability: decayed(restartProbability, state.epoch) };
  return walkedBatches(drawn, graph, walk, random);
}

/** How α falls in the official code: by 0.02 an epoch, to 0.05. */
const [decay, leastRestart] = [0.02, 0.05];

/** α in an epoch, counted from the training's begin as in the official code. */
function decayed(restartProbability: number, epochsDone: number): number {
  const least = Math.min(leastRestart, restartProbability);
  return Math.max(least, restartProbability - decay * (epochsDone + 1));
}

/**
 * The pictures that must not be negatives of one: those suspected false, and with verdicts that mask
 * those judged the same, which would only take up room. With verdicts that attract these may meet, as
 * positives. What was judged different is not suspected.
 */
function apartOf({ verdicts }: BatchPlan, state: DrawnFrom, suspected: Uint32Array): OthersOf {
  const { sampleIds, arrays } = state;
  const same: OthersOf = verdicts === 'mask' ? judgedSameAs(sampleIds, arrays) : () => [];
  const suspectedOf = othersInPairs(
    sampleIds,
    suspected.map((index) => sampleIds[index] ?? 0),
  );
  const differentOf = othersInPairs(sampleIds, arrays[differentPairsArray] ?? []);
  return (picture) => {
    const different = new Set(differentOf(picture));
    return [...same(picture), ...suspectedOf(picture).filter((other) => !different.has(other))];
  };
}

function differentPairs({ sampleIds, arrays }: DrawnFrom): IndexPairs {
  const pairs = arrays[differentPairsArray] ?? [];
  const indexOf = new Map(Array.from(sampleIds, (id, index) => [id, index]));
  return Array.from({ length: pairs.length / 2 }, (_, at) => {
    const [one, other] = [indexOf.get(pairs[2 * at] ?? 0), indexOf.get(pairs[2 * at + 1] ?? 0)];
    return [one ?? 0, other ?? 0] as const;
  });
}
